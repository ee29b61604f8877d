import { earlierStates } from './verify-text-earlier.ts';

/**
 * VERIFY.txt: what the package holds and how to check it without this app. The indented lines are one bash script
 * that uses coreutils and openssl only; a test takes them out of the file and runs them as they are.
 */
export interface VerifyFacts {
  name: string;
  exportedAt: string;
  conversations: number;
  messages: number;
  errors: number;
  hasNdjson: boolean;
  redacted: boolean;
  /** Keys that the archive has had, and time stamps that are in the package. */
  earlier: { keys: number; stamps: number };
}

export function verifyText(facts: VerifyFacts): string {
  const steps = [whole, signature, inclusion, ...lastStep(facts), ...earlierStates(facts.earlier)];
  return [intro(facts), ...steps, ending].join('\n');
}

function lastStep({ hasNdjson, redacted }: VerifyFacts): string[] {
  if (redacted) return [disclosures];
  return hasNdjson ? [originals] : [];
}

function intro(facts: VerifyFacts): string {
  const failed =
    facts.errors === 0
      ? ''
      : `${facts.errors} more could not be exported: custody/errors.csv names each and says why.\n`;
  return `HOW TO CHECK THIS PACKAGE

${facts.name} was exported by Transcript Archive at ${facts.exportedAt}.
It holds ${facts.conversations} conversations with ${facts.messages} messages.
${failed}
It is a BagIt 1.0 bag (RFC 8493): data/ holds the exported files, custody/ says who
exported what and how, proofs/ ties the records to the archive's log.

You need no part of Transcript Archive to check it, only a shell (bash) with the
GNU coreutils and openssl 3. All indented lines together are one script. Either type
them, or run them in this folder as they are with

  bash <(while IFS= read -r l; do case "$l" in "    "*) printf '%s\\n' "\${l:4}";;
  esac; done < VERIFY.txt)

It says for each step whether it holds; the last line is the result.
`;
}

const whole = `
1. IS IT WHOLE?

Every file has its SHA-256 and SHA-512 in a manifest, and every manifest in a tag
manifest. Nothing may be missing, changed, or there without being listed.

    export LC_ALL=C; bad=0; work=$(mktemp -d)
    fail() { echo "FAILED: $*"; bad=1; }
    for m in manifest-sha256 tagmanifest-sha256; do
      sha256sum --quiet --strict -c "$m.txt" || fail "$m.txt"; done
    for m in manifest-sha512 tagmanifest-sha512; do
      sha512sum --quiet --strict -c "$m.txt" || fail "$m.txt"; done
    shopt -s globstar dotglob nullglob
    for f in **; do [ -d "$f" ] || echo "$f"; done | sort > "$work/found"
    { cut -c67- manifest-sha256.txt tagmanifest-sha256.txt; echo tagmanifest-sha256.txt; \\
      echo tagmanifest-sha512.txt; } | sort > "$work/listed"
    cmp -s "$work/found" "$work/listed" || fail "files that are not listed, or listed and not here"
    [ "$bad" -ne 0 ] || echo "1. The package is whole."
`;

const signature = `
2. WHO SIGNED IT?

proofs/checkpoint.txt is a C2SP signed note: the name of the archive's log, its number
of entries and their root hash, signed with the archive's Ed25519 key. proofs/key.pem is
the public key. Anyone who forges a whole package can put his own key into it: compare
the key's hash, which the next lines print, with the one that the archive's keeper gave
you by another way, and the checkpoint with one that was kept elsewhere.

    head -n 3 proofs/checkpoint.txt > "$work/text"
    tail -n 1 proofs/checkpoint.txt | cut -d ' ' -f 3 | base64 -d | tail -c 64 > "$work/signature"
    openssl pkeyutl -verify -pubin -inkey proofs/key.pem -rawin -in "$work/text" \\
      -sigfile "$work/signature" > "$work/openssl" 2>&1 \\
      && echo "2. The checkpoint is signed with this key:" || fail "the checkpoint's signature"
    openssl pkey -pubin -in proofs/key.pem -outform DER | sha256sum | cut -c 1-64
`;

const inclusion = `
3. ARE THE RECORDS IN THE ARCHIVE'S LOG?

The log is a Merkle tree (RFC 6962). proofs/inclusion.ndjson has one line a record:
"record" says what the record is and which SHA-256 its original has; it is hashed with
its salt and followed up "recordPath" to the record's commitment, and from there up
"path" to the root that the checkpoint signs.

    unhex() { tr a-f A-F | basenc --base16 -d; }
    sha() { sha256sum | cut -c 1-64; }
    field() { local r=\${2#*\\"$1\\":}; r=\${r#\\"}; printf '%s' "\${r%%[\\",]*}"; }
    list() { local r=\${2#*\\"$1\\":[}; r=\${r%%]*}; printf '%s' "\${r//[\\",]/ }"; }
    climb() { # hash, index, number of leaves, path … gives the root (RFC 9162, 2.1.3.2)
      local h=$1 i=$2 n=$(($3 - 1)) p; shift 3
      for p in "$@"; do
        if [ $((i % 2)) -eq 1 ] || [ "$i" -eq "$n" ]; then
          h=$(printf '01%s%s' "$p" "$h" | unhex | sha)
          while [ $((i % 2)) -eq 0 ] && [ "$i" -ne 0 ]; do i=$((i / 2)); n=$((n / 2)); done
        else h=$(printf '01%s%s' "$h" "$p" | unhex | sha); fi
        i=$((i / 2)); n=$((n / 2))
      done
      [ "$n" -eq 0 ] && printf '%s' "$h"; }
    size=$(head -n 2 proofs/checkpoint.txt | tail -n 1)
    root=$(head -n 3 proofs/checkpoint.txt | tail -n 1 | base64 -d | od -An -v -tx1 | tr -d ' \\n')
    records=0; before=$bad
    while IFS= read -r line; do
      id=$(field id "$line"); records=$((records + 1))
      field record "$line" | base64 -d > "$work/record"
      part=$({ field recordSalt "$line" | unhex; cat "$work/record"; } | sha)
      first=$(printf '00%s' "$part" | unhex | sha)
      commitment=$(climb "$first" 0 "$(field parts "$line")" $(list recordPath "$line"))
      [ "$commitment" = "$(field commitment "$line")" ] || fail "$id: not what was committed to"
      case "$(cat "$work/record")" in *"\\"sha256\\":\\"$(field sha256 "$line")\\""*) ;;
        *) fail "$id: another hash than in the log";; esac
      leaf=$(printf '00%s' "$commitment" | unhex | sha)
      [ "$(climb "$leaf" "$(field index "$line")" "$size" $(list path "$line"))" = "$root" ] \\
        || fail "$id: not in the log"
    done < proofs/inclusion.ndjson
    [ "$bad" -ne "$before" ] || echo "3. All $records records are in the log that the checkpoint signs."
`;

const originals = `
4. ARE THE ORIGINALS THE RECORDS THAT WERE SEALED?

Each line of conversations.ndjson ends with "original", the record exactly as
LivePerson sent it. Its SHA-256 is the one in the log. (A record that came with line
breaks has "originalLineBreaks"; its exact bytes need those put back first, and it is
counted here as not checked.)

    before=$bad; checked=0; skipped=0
    exec 3< proofs/inclusion.ndjson
    while IFS= read -r line; do
      IFS= read -r proof <&3 || { fail "more records than proofs"; break; }
      [ "$(field id "$line")" = "$(field id "$proof")" ] || fail "$(field id "$line"): out of order"
      case "$line" in *',"originalLineBreaks":'*) skipped=$((skipped + 1)); continue;; esac
      original=\${line#*,\\"original\\":}
      [ "$(printf '%s' "\${original%\\}}" | sha)" = "$(field sha256 "$proof")" ] \\
        || fail "$(field id "$line"): the original was changed"
      checked=$((checked + 1))
    done < <(cat data/conversations.ndjso[n] data/[0-9]*/conversations.ndjson)
    exec 3<&-
    [ "$bad" -ne "$before" ] || echo "4. $checked originals are what was sealed, $skipped were not checked."
`;

const disclosures = `
4. IS THE REST OF THE REDACTED RECORDS UNTOUCHED?

Something was hidden in the records of proofs/redacted.ndjson; custody/redactions.csv
says where and why. Each record was committed to in salted parts, one for each message
and each member. proofs/disclosure.ndjson has every part that is as it was, with its
salt and its way up to the commitment; of the other parts nothing but a salted hash is
told. (That the originals of the ndjson and json formats have exactly these parts is
checked by the app's own "verify".)

    before=$bad; redacted=0; parts=0
    while IFS= read -r line; do
      redacted=$((redacted + 1))
      leaf=$(printf '00%s' "$(field commitment "$line")" | unhex | sha)
      [ "$(climb "$leaf" "$(field index "$line")" "$size" $(list path "$line"))" = "$root" ] \\
        || fail "$(field id "$line"): not in the log"
    done < proofs/redacted.ndjson
    while IFS= read -r line; do
      parts=$((parts + 1))
      part=$({ field salt "$line" | unhex; field value "$line" | base64 -d; } | sha)
      leaf=$(printf '00%s' "$part" | unhex | sha)
      top=$(climb "$leaf" "$(field part "$line")" "$(field parts "$line")" $(list partPath "$line"))
      [ "$top" = "$(field commitment "$line")" ] \\
        || fail "$(field id "$line"): part $(field part "$line") is not what was committed to"
      grep -qF "\\"commitment\\":\\"$top\\"" proofs/redacted.ndjson || fail "a part of no record here"
    done < proofs/disclosure.ndjson
    [ "$bad" -ne "$before" ] || echo "4. $parts parts of $redacted redacted records are untouched."
`;

const ending = `
RESULT

    rm -r "$work"
    [ "$bad" -eq 0 ] && echo "ALL CHECKS PASSED" || { echo "SOMETHING IS WRONG, SEE ABOVE"; false; }

WHAT THIS CANNOT PROVE

That LivePerson's service told the truth, or anything about the time before the first
checkpoint that somebody outside kept. That the data files in other formats (CSV, HTML)
say what the originals say: compare them, or have the archive's owner export again.
`;
