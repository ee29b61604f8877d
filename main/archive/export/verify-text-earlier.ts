/** Part of VERIFY.txt, only where the archive has had several keys or has time stamps. Goes on with the script before it. */
export function earlierStates({ keys, stamps }: { keys: number; stamps: number }): string[] {
  if (keys < 2 && stamps === 0) return [];
  return [tools, ...(keys < 2 ? [] : [handOvers]), ...(stamps === 0 ? [] : [timeStamps]), growth];
}

const tools = `
5. WHAT WAS BEFORE THIS CHECKPOINT?

The files named here state earlier moments of the log. Each is a signed note: text, an
empty line, signatures.

    before=$bad
    signed() { # note, public key: is one of the note's signatures by this key?
      sed '/^$/,$d' "$1" > "$work/text"
      sed '1,/^$/d' "$1" | while read -r _ _ s; do
        printf '%s' "$s" | base64 -d | tail -c 64 > "$work/signature"
        openssl pkeyutl -verify -pubin -inkey "$2" -rawin -in "$work/text" \\
          -sigfile "$work/signature" > "$work/openssl" 2>&1 && echo yes
      done | grep -q yes; }
    line() { sed -n "$1p" "$2"; }
    raw() { openssl pkey -pubin -in "$1" -outform DER | tail -c 32 | od -An -v -tx1; }
    bytes() { base64 -d | tail -c 32 | od -An -v -tx1; }
`;

const handOvers = `
The archive has had several keys. proofs/keys/ has them in order, and for each but the
first the note by which it took over: at what state of the log, from which key, to which.
The new key signed it, and the old one too unless it was lost.

    last=1
    for ((k = 2; ; k++)); do
      f=proofs/keys/$k-hand-over.txt; old=proofs/keys/$last.pem; new=proofs/keys/$k.pem
      [ -e "$new" ] || break
      signed "$f" "$new" || fail "$f: not signed by key $k"
      [ "$(line 2 "$f")" = "$(line 1 proofs/checkpoint.txt)" ] || fail "$f: of another log"
      [ "$(line 5 "$f" | cut -d+ -f3- | bytes)" = "$(raw "$old")" ] || fail "$f: from another key"
      [ "$(line 6 "$f" | cut -d+ -f3- | bytes)" = "$(raw "$new")" ] || fail "$f: to another key"
      if signed "$f" "$old"; then echo "   Key $k: key $last signed for it."
      else echo "   Key $k: NOT signed for by key $last, which was not at hand. Ask why."; fi
      last=$k
    done
    cmp -s "proofs/keys/$last.pem" proofs/key.pem || fail "proofs/keys: does not end with proofs/key.pem"
`;

const timeStamps = `
Time stamps (RFC 3161): an authority outside says that the checkpoint in a
time-stamp-N.txt was there at that time. Whether to trust it is for you. To have this
checked, put its root certificate into a file, set TSA=FILE, and run the script again.

    for t in proofs/time-stamp-*.tsr; do
      n=\${t%.tsr}.txt; ok=
      for k in proofs/key.pem proofs/keys/*.pem; do if signed "$n" "$k"; then ok=1; fi; done
      [ -n "$ok" ] || fail "$n: not signed by a key of this archive"
      echo "   $t: $(openssl ts -reply -in "$t" -text 2> "$work/openssl" | grep '^Time stamp:')"
      if [ -z "\${TSA:-}" ]; then echo "   $t: not checked, TSA is not set"
      else openssl ts -verify -data "$n" -in "$t" -CAfile "$TSA" > "$work/openssl" 2>&1 \\
        || fail "$t: openssl refuses it"; fi
    done
`;

const growth = `
Each earlier state must be the beginning of the log that the checkpoint signs, with
nothing changed since: proofs/consistency.ndjson has the proof (RFC 9162, 2.1.4).

    grew() { # entries then, root then, entries now, root now, path …
      local m=$1 was=$2 n=$3 now=$4 a b f s p; shift 4
      [ "$m" -ne "$n" ] || { [ "$was" = "$now" ] && [ $# -eq 0 ]; return; }
      [ "$m" -ne 0 ] || return 0
      [ $((m & (m - 1))) -ne 0 ] || set -- "$was" "$@"
      [ $# -gt 0 ] || return 1
      f=$((m - 1)); s=$((n - 1)); a=$1; b=$1; shift
      while [ $((f % 2)) -eq 1 ]; do f=$((f / 2)); s=$((s / 2)); done
      for p in "$@"; do
        [ "$s" -ne 0 ] || return 1
        if [ $((f % 2)) -eq 1 ] || [ "$f" -eq "$s" ]; then
          a=$(printf '01%s%s' "$p" "$a" | unhex | sha); b=$(printf '01%s%s' "$p" "$b" | unhex | sha)
          while [ $((f % 2)) -eq 0 ] && [ "$f" -ne 0 ]; do f=$((f / 2)); s=$((s / 2)); done
        else b=$(printf '01%s%s' "$b" "$p" | unhex | sha); fi
        f=$((f / 2)); s=$((s / 2))
      done
      [ "$s" -eq 0 ] && [ "$a" = "$was" ] && [ "$b" = "$now" ]; }
    : > "$work/proven"
    while IFS= read -r proof; do
      file=$(field file "$proof"); echo "$file" >> "$work/proven"
      case "$file" in keys/*) at=3;; *) at=2;; esac
      was=$(line $((at + 1)) "proofs/$file" | base64 -d | od -An -v -tx1 | tr -d ' \\n')
      grew "$(line "$at" "proofs/$file")" "$was" "$size" "$root" $(list path "$proof") \\
        || fail "proofs/$file: not the beginning of this log"
    done < proofs/consistency.ndjson
    for f in proofs/keys/*-hand-over.txt proofs/time-stamp-*.txt; do
      grep -qxF "\${f#proofs/}" "$work/proven" || fail "$f: no proof that the log has only grown since"
    done
    [ "$bad" -ne "$before" ] || echo "5. The log has only grown since each earlier state here."
`;
