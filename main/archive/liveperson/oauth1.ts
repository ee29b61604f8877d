import OAuth from 'oauth-1.0a';
import { createHmac } from 'node:crypto';

export interface OAuth1Keys {
  consumerKey: string;
  consumerSecret: string;
  token: string;
  tokenSecret: string;
}

/** The two values that make each signature unique; fixed in tests only. */
export interface OAuth1Moment {
  timestamp: number;
  nonce: string;
}

/** LivePerson documents this method alone. */
const signatureMethod = 'HMAC-SHA1';

function signer({ consumerKey, consumerSecret }: OAuth1Keys): OAuth {
  return new OAuth({
    consumer: { key: consumerKey, secret: consumerSecret },
    signature_method: signatureMethod,
    hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
  });
}

function oauthData({ consumerKey, token }: OAuth1Keys, { timestamp, nonce }: OAuth1Moment): OAuth.Data {
  return {
    oauth_consumer_key: consumerKey,
    oauth_nonce: nonce,
    oauth_signature_method: signatureMethod,
    oauth_timestamp: timestamp,
    oauth_version: '1.0',
    oauth_token: token,
  };
}

/** The text that is signed: method, address without its query, and all parameters in order (RFC 5849, 3.4.1). */
export function signatureBase(method: string, url: string, keys: OAuth1Keys, moment: OAuth1Moment): string {
  return signer(keys).getBaseString({ method, url, data: {} }, oauthData(keys, moment));
}

/**
 * The `Authorization` header of one request. Query parameters are signed, the JSON body is not: its content type is
 * not that of a form. Every attempt needs a header of its own.
 */
export function oauth1Header(method: string, url: string, keys: OAuth1Keys, moment: OAuth1Moment): string {
  const oauth = signer(keys);
  const data = oauthData(keys, moment);
  const signature = oauth.getSignature({ method, url, data: {} }, keys.tokenSecret, data);
  return oauth.toHeader({ ...data, oauth_signature: signature }).Authorization;
}
