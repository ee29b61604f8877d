import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { Integer, Null, ObjectIdentifier, OctetString, Sequence, type BaseBlock } from 'asn1js';
import {
  AlgorithmIdentifier,
  id_eContentType_TSTInfo,
  MessageImprint,
  PKIStatus,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import { ArchiveError } from '../../../preload/errors.ts';
import { sha256 } from './sha256.ts';

const sha256Id = '2.16.840.1.101.3.4.2.1';
const timeStamping = '1.3.6.1.5.5.7.3.8';
/** Signed attributes by which a token names its signer's certificate (RFC 2634, RFC 5035). */
const signingCertificate = '1.2.840.113549.1.9.16.2.12';
const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47';
const hashNames: Partial<Record<string, string>> = {
  [sha256Id]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** What an authority says in a time stamp whose own signature holds. Whether the authority is one to trust is for people. */
export interface TimeStamp {
  /** Epoch milliseconds. */
  time: number;
  /** Hex. */
  nonce: string | null;
  serial: string;
  policy: string;
  /** Subject of the certificate that signed. */
  authority: string;
  /** The SHA-256 that was stamped. */
  imprint: Buffer;
}

/** A query for a time stamp over `content` (RFC 3161 section 2.4.1), which asks for the certificate to be sent along. */
export function makeQuery(content: Uint8Array): { query: Buffer; nonce: string } {
  // DER wants the shortest form of a positive number: the first byte is between 0x40 and 0x7f.
  const nonce = randomBytes(16);
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: sha256Id, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: sha256(content) }),
    }),
    nonce: new Integer({ valueHex: nonce }),
    certReq: true,
  });
  return { query: Buffer.from(request.toSchema().toBER()), nonce: nonce.toString('hex') };
}

/**
 * Reads a reply (RFC 3161 section 2.4.2) over `content`, and checks that the authority's signature in it holds.
 * @param content chosen by what the reply says was stamped; null when it was nothing that is known
 * @throws ArchiveError invalid-input, with what is wrong in words
 */
export async function readReply(
  reply: Uint8Array,
  content: (stamp: { imprint: Buffer; nonce: string | null }) => Uint8Array | null,
): Promise<TimeStamp> {
  const signed = tokenOf(reply);
  const info = parsed('is no time stamp', () => TSTInfo.fromBER(signed.encapContentInfo.eContent?.getValue() ?? ''));
  const imprint = Buffer.from(info.messageImprint.hashedMessage.valueBlock.valueHexView);
  const nonce = info.nonce === undefined ? null : hexOf(info.nonce);
  const stamped = content({ imprint, nonce });
  const isOurs =
    stamped !== null && info.messageImprint.hashAlgorithm.algorithmId === sha256Id && imprint.equals(sha256(stamped));
  if (!isOurs) throw refused('is over something else than the checkpoint that was asked for');
  const certificate = await signerOf(signed, stamped);
  const time = info.genTime.getTime();
  if (!(certificate.validFromDate.getTime() <= time && time <= certificate.validToDate.getTime())) {
    throw refused('was made when its certificate was not valid');
  }
  return {
    time,
    nonce,
    serial: hexOf(info.serialNumber),
    policy: info.policy,
    authority: certificate.subject.replaceAll('\n', ', '),
    imprint,
  };
}

function tokenOf(reply: Uint8Array): SignedData {
  const response = parsed('is no reply of a time stamp authority', () => TimeStampResp.fromBER(new Uint8Array(reply)));
  const { status, statusStrings } = response.status;
  if (status !== PKIStatus.granted && status !== PKIStatus.grantedWithMods) {
    const said = (statusStrings ?? []).map((text) => text.valueBlock.value).join(' ');
    throw refused(`says that no time stamp was given (status ${status}${said === '' ? '' : `: ${said}`})`);
  }
  const token = response.timeStampToken;
  if (token === undefined) throw refused('has no time stamp in it');
  const signed = parsed('has no signed time stamp in it', () => new SignedData({ schema: token.content as unknown }));
  if (signed.encapContentInfo.eContentType !== id_eContentType_TSTInfo || signed.signerInfos.length !== 1) {
    throw refused('has something else than one signed time stamp in it');
  }
  return signed;
}

/** The certificate whose key signed the token, named by what it signed and meant for time stamps. */
async function signerOf(signed: SignedData, content: Uint8Array): Promise<X509Certificate> {
  const data = new Uint8Array(content).buffer;
  const verified = await signed.verify({ signer: 0, data, extendedMode: true }).catch(() => null);
  const found = verified?.signatureVerified === true ? verified.signerCertificate : null;
  if (found === null || found === undefined)
    throw refused('is not signed by a certificate that came with it: it was altered, or is incomplete');
  const raw = Buffer.from(found.toSchema(true).toBER());
  const certificate = new X509Certificate(raw);
  if (!certificate.keyUsage?.includes(timeStamping))
    throw refused('is signed by a certificate that is not for time stamps');
  if (!isNamedByToken(signed, raw)) throw refused('is signed by another certificate than the one it names');
  return certificate;
}

/** RFC 3161 wants the signer's certificate named by hash among what is signed, so that no other can be put beside it. */
function isNamedByToken(signed: SignedData, certificate: Buffer): boolean {
  const attributes = signed.signerInfos[0]?.signedAttrs?.attributes ?? [];
  return attributes.some(({ type, values }) => {
    if (type !== signingCertificate && type !== signingCertificateV2) return false;
    const first = itemsOf(itemsOf(itemsOf(values[0] as BaseBlock)[0])[0]);
    const algorithm = itemsOf(first[0])[0];
    const named = algorithm instanceof ObjectIdentifier ? hashNames[algorithm.getValue()] : undefined;
    const hashName = named ?? (type === signingCertificate ? 'sha1' : 'sha256');
    const hash = first.find((item) => item instanceof OctetString);
    return hash !== undefined && createHash(hashName).update(certificate).digest().equals(Buffer.from(hash.getValue()));
  });
}

function itemsOf(block: unknown): BaseBlock[] {
  return block instanceof Sequence ? block.valueBlock.value : [];
}

function hexOf(number: Integer): string {
  return Buffer.from(number.valueBlock.valueHexView).toString('hex');
}

function parsed<T>(problem: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw refused(problem, error);
  }
}

function refused(problem: string, cause?: unknown): ArchiveError {
  return new ArchiveError('invalid-input', `The reply ${problem}.`, {
    hint: 'Nothing was kept. Give the reply exactly as the authority sent it, or ask it again.',
    cause,
  });
}
