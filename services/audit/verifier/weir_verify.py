#!/usr/bin/env python3
"""Verifies an exported evidence log offline, with Python's standard library and the openssl command.

    weir_verify.py verify DIR [--keys KEYS] [--since CHECKPOINT]

The keys inside DIR were put there by whoever exported it. KEYS is a directory with log.vkey,
log-sm3.vkey and witness.vkey that the auditor got by another way; without it the verdict says
"pinned": false, and its fingerprints (SHA-256 of the line in each key file) are to be compared.
It shares no code with the writer of the log. It prints one JSON object and exits 0 when the log
holds, 1 when something does not, 2 when it was called wrongly. The names of the findings are those
of the Java verifier; both must find the same.

Formats: RFC 9162 section 2 (hashing of RFC 6962), C2SP tlog-tiles, tlog-checkpoint, signed-note and
tlog-cosignature; the SM3 twin is signed with SM2 (GB/T 32918, user id 1234567812345678).
"""
import base64
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import datetime

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ID = re.compile(rb'"id":"(' + UUID.encode() + rb')"')
KINDS = {"DECISION", "RELEASE", "SPEND", "METER", "CONTRACT", "PRODUCT", "RESOURCE", "DOMAIN",
         "PARTICIPANT", "INTAKE", "ADMINISTRATION"}
FIELDS = {"v", "id", "kind", "time", "party", "actor", "operation", "object", "contractId",
          "decision", "rule", "bundle", "figures"}
MAX_FILE = 32 << 20
FULL = 256
ED25519 = b"\x01"
COSIGNATURE = b"\x04"
SM2 = b"\xffgm-sm2-sm3"
ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")
SM2_SPKI_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004")


# ---------------------------------------------------------------- hashes

def sha256(data):
    return hashlib.sha256(data).digest()


def _rol(x, n):
    n %= 32
    return ((x << n) | (x >> (32 - n))) & 0xFFFFFFFF


def sm3_plain(data):
    """GB/T 32905, for a Python whose OpenSSL lacks SM3."""
    v = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D,
         0xB0FB0E4E]
    message = data + b"\x80" + b"\x00" * ((55 - len(data)) % 64) + struct.pack(">Q", 8 * len(data))
    for block in range(0, len(message), 64):
        w = list(struct.unpack(">16I", message[block:block + 64]))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ _rol(w[j - 3], 15)
            w.append(x ^ _rol(x, 15) ^ _rol(x, 23) ^ _rol(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = v
        for j in range(64):
            t = 0x79CC4519 if j < 16 else 0x7A879D8A
            ss1 = _rol((_rol(a, 12) + e + _rol(t, j)) & 0xFFFFFFFF, 7)
            ss2 = ss1 ^ _rol(a, 12)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & 0xFFFFFFFF & g)
            tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
            tt2 = (gg + h + ss1 + w[j]) & 0xFFFFFFFF
            a, b, c, d = tt1, a, _rol(b, 9), c
            e, f, g, h = tt2 ^ _rol(tt2, 9) ^ _rol(tt2, 17), e, _rol(f, 19), g
        v = [x ^ y for x, y in zip(v, (a, b, c, d, e, f, g, h))]
    return struct.pack(">8I", *v)


def sm3(data):
    return hashlib.new("sm3", data).digest()


if "sm3" not in hashlib.algorithms_available:
    sm3 = sm3_plain


class Tree:
    """A Merkle tree that grows at its right edge and tells each complete subtree once."""

    def __init__(self, digest, complete):
        self.digest, self.complete, self.edge, self.size = digest, complete, [], 0

    def append(self, leaf):
        index, level, value = self.size, 0, leaf
        self.size += 1
        while index & 1:
            value = self.digest(b"\x01" + self.edge.pop() + value)
            index >>= 1
            level += 1
            self.complete(level, index, value)
        self.edge.append(value)

    def root(self):
        if not self.edge:
            return self.digest(b"")
        value = self.edge[-1]
        for left in reversed(self.edge[:-1]):
            value = self.digest(b"\x01" + left + value)
        return value


# ---------------------------------------------------------------- notes and keys

def b64(text):
    """Standard base64 in its one spelling, else ValueError."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError("base64")
    return raw


def is_name(name):
    return bool(name) and not any(c.isspace() or c == "+" or c < " " for c in name)


class Key:
    def __init__(self, name, kind, raw):
        self.name, self.kind, self.raw = name, kind, raw
        self.id = sha256(name.encode() + b"\n" + kind + raw)[:4]

    @staticmethod
    def parse(text, kind):
        name, key_id, material = text.split("+", 2)
        typed = b64(material)
        if not is_name(name) or not typed.startswith(kind) or len(typed) == len(kind):
            raise ValueError("key")
        key = Key(name, kind, typed[len(kind):])
        if key.id.hex() != key_id:
            raise ValueError("key id")
        if kind in (ED25519, COSIGNATURE) and len(key.raw) != 32:
            raise ValueError("key length")
        return key

    def spki(self):
        return self.raw if self.kind == SM2 else ED25519_SPKI + self.raw

    def holds(self, text, signature):
        if self.kind == COSIGNATURE:
            if len(signature) <= 8:
                return False
            second = struct.unpack(">Q", signature[:8])[0]
            text = b"cosignature/v1\ntime %d\n" % second + text
            signature = signature[8:]
        return openssl_verify(self.spki(), text, signature, self.kind == SM2)

    def verify(self, note):
        text, lines = note
        mine = [sig for name, key_id, sig in lines if name == self.name and key_id == self.id]
        return bool(mine) and all(self.holds(text.encode(), sig) for sig in mine)


def openssl_verify(spki, message, signature, is_sm2):
    if is_sm2 and not (spki.startswith(SM2_SPKI_PREFIX) and len(spki) == 91):
        return False
    with tempfile.TemporaryDirectory() as work:
        def put(name, data):
            path = os.path.join(work, name)
            with open(path, "wb") as out:
                out.write(data)
            return path
        pem = b"-----BEGIN PUBLIC KEY-----\n" + base64.encodebytes(spki) \
            + b"-----END PUBLIC KEY-----\n"
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", put("key", pem), "-rawin",
                   "-in", put("message", message), "-sigfile", put("signature", signature)]
        if is_sm2:
            command += ["-digest", "sm3", "-pkeyopt", "distid:1234567812345678"]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return done.returncode == 0


def parse_note(data):
    """(text, [(name, key id, signature)]) or ValueError."""
    note = data.decode("utf-8")
    split = note.rfind("\n\n")
    if len(note) > 65536 or split < 0 or not note.endswith("\n"):
        raise ValueError("note")
    lines = []
    for line in note[split + 2:-1].split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014" or not is_name(parts[1]):
            raise ValueError("signature line")
        raw = b64(parts[2])
        if len(raw) <= 4:
            raise ValueError("signature")
        lines.append((parts[1], raw[:4], raw[4:]))
    if not 1 <= len(lines) <= 16:
        raise ValueError("signatures")
    return note[:split + 1], lines


class Checkpoint:
    def __init__(self, text):
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] != "" or any(not line for line in lines[:-1]):
            raise ValueError("checkpoint")
        if not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]) or int(lines[1]) >= 1 << 63:
            raise ValueError("size")
        self.origin, self.size, self.root = lines[0], int(lines[1]), b64(lines[2])


# ---------------------------------------------------------------- the verification

def tile_path(level, index, width):
    digits = "%03d" % (index % 1000)
    index //= 1000
    while index:
        digits = "x%03d/" % (index % 1000) + digits
        index //= 1000
    return "tile/%s/%s%s" % (level, digits, "" if width == FULL else ".p/%d" % width)


class Tiles:
    """One tree: grown again, compared with its tiles."""

    def __init__(self, check, digest, prefix, size):
        self.check, self.digest, self.prefix, self.size = check, digest, prefix, size
        self.tree = Tree(digest, self.upper)
        self.open = {}

    def path(self, level, item):
        index = item // FULL
        return index, min(FULL, (self.size >> (8 * level)) - index * FULL)

    def file(self, level, item):
        index, width = self.path(level, item)
        return self.prefix + tile_path(level, index, width)

    def stored(self, level, item):
        index, width = self.path(level, item)
        if self.open.get(level, (None,))[0] != index:
            data = self.check.read(self.file(level, item))
            if data is None or len(data) != 32 * width:
                self.check.find("MISSING", index << (8 * (level + 1)), "", self.file(level, item))
                data = None
            self.open[level] = (index, data)
        data = self.open[level][1]
        at = 32 * (item % FULL)
        return None if data is None else data[at:at + 32]

    def upper(self, level, index, value):
        if level % 8 == 0:
            stored = self.stored(level // 8, index)
            if stored is not None and stored != value:
                self.check.find("TILE", index << level, "", self.file(level // 8, index))


class Check:
    def __init__(self, directory, keys=None):
        self.directory = directory
        self.pinned = keys is not None
        self.keys = keys if self.pinned else os.path.join(directory, "keys")
        self.fingerprints = {}
        self.findings = []
        self.ids = set()
        self.readings = []
        self.allotted = {}
        self.spends = {}
        self.steps = []
        self.prices = {}
        self.metered = {}
        self.stated = []

    def find(self, rule, index=-1, leaf_id="", file=""):
        self.findings.append({"rule": rule, "index": index, "leafId": leaf_id, "file": file})

    def read(self, file, directory=None):
        path = os.path.join(directory or self.directory, file)
        if not os.path.isfile(path) or os.path.getsize(path) > MAX_FILE:
            return None
        with open(path, "rb") as data:
            return data.read()

    def key(self, file, kind):
        try:
            data = self.read(file, self.keys) or b""
            text = data.decode("utf-8")
            if not text.endswith("\n"):
                raise ValueError("key")
            key = Key.parse(text[:-1], kind)
            self.fingerprints[file] = sha256(data[:-1]).hex()
            return key
        except ValueError:
            self.find("KEY", file="keys/" + file)
            return None

    def note(self, file):
        try:
            note = parse_note(self.read(file) or b"")
            return note, Checkpoint(note[0])
        except ValueError:
            self.find("CHECKPOINT", file=file)
            return None, None

    def run(self, since):
        log = self.key("log.vkey", ED25519)
        twin_key = self.key("log-sm3.vkey", SM2)
        witness = self.key("witness.vkey", COSIGNATURE)
        note, main = self.note("checkpoint")
        if main is None:
            return self.verdict(0, [])
        if log and not log.verify(note):
            self.find("SIGNATURE", file="checkpoint")
        if witness and not witness.verify(note):
            self.find("COSIGNATURE", file="checkpoint")
        twin_note, twin = self.note("sm3/checkpoint")
        if twin and twin_key and not twin_key.verify(twin_note):
            self.find("SIGNATURE", file="sm3/checkpoint")
        if twin and (twin.size != main.size or twin.origin != main.origin + "/sm3"):
            self.find("TWIN", file="sm3/checkpoint")
            twin = None
        earlier = self.since(since, main, log, witness) if since is not None else None
        self.entries(main, twin, earlier)
        readable = not {"ENTRY", "MISSING", "LEAF"} & {found["rule"] for found in self.findings}
        unchecked = self.budgets() | self.caps()
        if readable:
            unchecked |= self.charges()
            self.statements(main.size)  # a bill cannot be held against leaves not read
        return self.verdict(main.size, sorted(unchecked))

    def verdict(self, size, unchecked):
        return {"ok": not self.findings, "size": size, "findings": self.findings,
                "uncheckedBudgets": unchecked, "statements": self.stated,
                "unstated": self.unstated(), "keys": self.fingerprints, "pinned": self.pinned}

    def unstated(self):
        """Contracts with a meter leaf that no statement which holds covers."""
        spans = [(one["contractId"], instant(one["from"]), instant(one["to"]))
                 for one in self.stated]
        return sorted({contract for _, contract, at, _, _ in self.readings
                       if not any(contract == stated and start <= at < end
                                  for stated, start, end in spans)})

    def since(self, data, main, log, witness):
        try:
            note = parse_note(data)
            earlier = Checkpoint(note[0])
            if log and witness and log.verify(note) and witness.verify(note) \
                    and earlier.origin == main.origin:
                return earlier
        except ValueError:
            pass
        self.find("SINCE", file="since")
        return None

    def entries(self, main, twin, earlier):
        trees = (Tiles(self, sha256, "", main.size), Tiles(self, sm3, "sm3/", main.size))
        since_root = [trees[0].tree.root() if earlier and earlier.size == 0 else None]
        whole = all(self.bundle(first, main.size, trees, earlier, since_root)
                    for first in range(0, main.size, FULL))
        if whole:
            if trees[0].tree.root() != main.root:
                self.find("ROOT", file="checkpoint")
            if twin and trees[1].tree.root() != twin.root:
                self.find("ROOT", file="sm3/checkpoint")
        if earlier and earlier.size > main.size:
            self.find("TRUNCATED", main.size, "", "checkpoint")
        elif earlier and since_root[0] is not None and since_root[0] != earlier.root:
            self.find("FORK", file="checkpoint")

    def bundle(self, first, size, trees, earlier, since_root):
        width = min(FULL, size - first)
        file = tile_path("entries", first // FULL, width)
        data = self.read(file)
        if data is None:
            self.find("MISSING", first, "", file)
            return False
        found, at = [], 0
        while len(found) < width and len(data) - at >= 2:
            length = struct.unpack(">H", data[at:at + 2])[0]
            if len(data) - at - 2 < length:
                break
            found.append(data[at + 2:at + 2 + length])
            at += 2 + length
        exact = len(found) == width and at == len(data)
        torn = False
        for i in range(width):
            index, there = first + i, i < len(found)
            if not (there and not torn and self.entry(index, found[i], file, trees)):
                if not torn and not there:
                    self.find("ENTRY", index, "", file)
                torn = torn or not exact
                for tree in trees:
                    tree.tree.append(tree.stored(0, index) or tree.digest(b""))
            if earlier and earlier.size == index + 1:
                since_root[0] = trees[0].tree.root()
        if not exact and not torn:
            self.find("ENTRY", first + width - 1, "", file)
        return True

    def entry(self, index, entry, file, trees):
        values = [tree.digest(b"\x00" + entry) for tree in trees]
        stored = [tree.stored(0, index) for tree in trees]
        differs = [s is not None and s != v for s, v in zip(stored, values)]
        if all(differs):
            self.find("ENTRY", index, leaf_id(entry), file)
            return False
        for tree, value, differing in zip(trees, values, differs):
            if differing:
                self.find("TILE", index, "", tree.file(0, index))
        for tree, value in zip(trees, values):
            tree.tree.append(value)
        self.leaf(index, entry, file)
        return True

    def leaf(self, index, entry, file):
        try:
            leaf = parse_leaf(entry)
        except (ValueError, KeyError, TypeError, RecursionError):
            self.find("LEAF", index, leaf_id(entry), file)
            return
        if leaf["id"] in self.ids:
            self.find("DUPLICATE", index, leaf["id"], file)
        self.ids.add(leaf["id"])
        figures, contract = leaf["figures"], leaf.get("contractId")
        place, step = (index, leaf["id"], file), figures.get("step")
        try:
            if leaf["kind"] == "METER":
                if contract is None or not re.fullmatch(UUID, contract):
                    raise ValueError("contract")
                self.readings.append(reading(index, leaf))
            if leaf["kind"] == "ADMINISTRATION" and step == "cap-approved":
                for unit, figure in (("nanoRho", "capNanoRho"), ("picoDelta", "capPicoDelta")):
                    self.steps.append(
                        ("cap", (unit, leaf["object"]), whole(figures[figure]), None))
            if contract is None:
                return
            if leaf["kind"] == "CONTRACT" and step == "concluded":
                self.concluded(contract, figures, place)
            elif leaf["kind"] == "CONTRACT" and "cause" in figures:
                self.steps.append(("ended", contract, 0, None))
            elif leaf["kind"] == "SPEND":
                for name, value in figures.items():
                    if name.startswith(("nanoRho.", "picoDelta.")):
                        account = (contract, *name.split(".", 1))
                        self.spends.setdefault(account, []).append((*place, whole(value)))
            elif leaf["kind"] == "METER":
                self.metered.setdefault(contract, []).append(
                    (whole(figures["earlierCalls"]), self.readings[-1][4], place))
        except (ValueError, KeyError):
            self.find("LEAF", index, leaf["id"], file)

    def concluded(self, contract, figures, place):
        """The leaf that concluded a contract: allotment.<lineage>.<unit> and price.<name>."""
        for name, value in figures.items():
            if name.startswith("allotment."):
                lineage, unit = name[len("allotment."):].rsplit(".", 1)
                account = (contract, unit, lineage)
                if account not in self.allotted:
                    self.allotted[account] = whole(value)
                    self.steps.append(("concluded", account, self.allotted[account], place))
        self.prices.setdefault(contract, [
            whole(figures["price." + name])
            for name in ("perCallFen", "perRhoFen", "freeCalls", "ceilingFen")])

    def budgets(self):
        unchecked = set()
        for account in sorted(self.spends, key="".join):
            spent, limit = self.spends[account], self.allotted.get(account)
            if limit is None:
                if any(amount for _, _, _, amount in spent):
                    unchecked.add(account[0])
                continue
            total = 0
            for index, identity, file, amount in spent:
                total += amount
                if total > limit or amount < 0:
                    self.find("BUDGET", index, identity, file)
                    break
        return unchecked

    def caps(self):
        """Allotments of a lineage stay within its cap; an ended contract keeps what it spent."""
        caps, held, unchecked = {}, {}, set()
        for kind, subject, amount, place in self.steps:
            if kind == "cap":
                caps[subject] = max(amount, caps.get(subject, amount))
            elif kind == "ended":
                for account in held:
                    if account[0] == subject:
                        held[account] = sum(spent[3] for spent in self.spends.get(account, []))
            else:
                held[subject] = amount
                cap = caps.get(subject[1:])
                if cap is None and amount:
                    unchecked.add(subject[0])
                elif cap is not None and (amount < 0 or cap < sum(
                        value for account, value in held.items() if account[1:] == subject[1:])):
                    self.find("CAP", *place)
        return unchecked

    def charges(self):
        """Every charge again: free calls, perCall + ceil(perRho * nanoRho / 10^9), the ceiling."""
        unchecked = set()
        for contract in sorted(self.metered):
            if contract not in self.prices:
                unchecked.add(contract)
                continue
            per_call, per_rho, free, ceiling = self.prices[contract]
            calls = bill = 0
            for earlier, numbers, place in sorted(
                    self.metered[contract], key=lambda one: (one[0], one[1]["calls"] != 0, one[2])):
                fen, is_call = numbers["fen"], numbers["calls"] != 0
                due = 0 if calls < free else min(
                    per_call - (-per_rho * numbers["nanoRho"] // 10 ** 9), max(0, ceiling - bill))
                if earlier != calls or is_call and (numbers["calls"] != 1 or fen != due
                                                    or numbers["freeCalls"] != (calls < free)):
                    self.find("PRICE", *place)
                calls += is_call
                bill += fen
        return unchecked

    def statements(self, size):
        folder = os.path.join(self.directory, "statements")
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            file = "statements/" + name
            try:
                stated = json.loads(self.read(file) or b"", object_pairs_hook=no_twice)
                if name != stated["contractId"] + ".json" \
                        or not same(fold(stated, self.readings, size), stated):
                    raise ValueError("statement")
                self.stated.append({"contractId": stated["contractId"], "from": stated["from"],
                                    "to": stated["to"], "fen": stated["total"]["fen"]})
            except (ValueError, KeyError, TypeError, RecursionError):
                self.find("STATEMENT", file=file)


def leaf_id(entry):
    match = ID.search(entry)
    return match.group(1).decode() if match else ""


def same(one, other):
    """Equal, and of the same types: to Python, 1800 == 1800.0 and 1 == True."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def whole(text):
    if not re.fullmatch(r"-?[0-9]{1,19}", text) or not -(1 << 63) <= int(text) < 1 << 63:
        raise ValueError("number")
    return int(text)


def no_twice(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a field twice")
    return dict(pairs)


def instant(text):
    """Nanoseconds since 1970 of an ISO 8601 instant in UTC, without the limits of datetime."""
    match = re.fullmatch(
        r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z", text)
    if not match:
        raise ValueError("time")
    parts = [int(part) for part in match.groups()[:6]]
    seconds = (datetime.datetime(*parts) - datetime.datetime(1970, 1, 1)) \
        // datetime.timedelta(seconds=1)
    return seconds * 10 ** 9 + int((match.group(7) or "0").ljust(9, "0"))


def parse_leaf(entry):
    leaf = json.loads(entry.decode("utf-8"), object_pairs_hook=no_twice)
    if not isinstance(leaf, dict) or set(leaf) - FIELDS or leaf["v"] != 1 \
            or leaf["kind"] not in KINDS or not re.fullmatch(UUID, leaf["id"]):
        raise ValueError("leaf")
    instant(leaf["time"])
    for field in ("party", "actor", "operation", "object", "bundle"):
        if not isinstance(leaf[field], str):
            raise ValueError(field)
    figures = leaf["figures"]
    if not all(isinstance(value, str) for value in figures.values()):
        raise ValueError("figures")
    return leaf


def reading(index, leaf):
    figures = leaf["figures"]
    numbers = {name: whole(figures.get(name, "0"))
               for name in ("calls", "freeCalls", "nanoRho", "fen")}
    return (index, leaf["contractId"], instant(leaf["time"]), figures.get("products", "-"), numbers)


def fold(stated, readings, size):
    """The statement of that contract and period over a whole log of that size."""
    start, end = instant(stated["from"]), instant(stated["to"])
    lines, total = {}, line("*")
    for index, contract, at, product, numbers in readings:
        if contract == stated["contractId"] and start <= at < end:
            for sums in (lines.setdefault(product, line(product)), total):
                sums["readings"] += 1
                for name, number in numbers.items():
                    sums[name] += number
    return {"contractId": stated["contractId"], "from": stated["from"], "to": stated["to"],
            "size": size, "lines": [lines[product] for product in sorted(lines)],
            "total": total}


def line(product):
    return {"product": product, "readings": 0, "calls": 0, "freeCalls": 0, "nanoRho": 0, "fen": 0}


def main(arguments):
    options = arguments[2:]
    named = dict(zip(options[::2], options[1::2]))
    if len(arguments) < 2 or arguments[0] != "verify" or len(named) * 2 != len(options) \
            or set(named) - {"--keys", "--since"}:
        sys.stderr.write("usage: weir_verify.py verify DIR [--keys KEYS] [--since CHECKPOINT]\n")
        return 2
    since = None
    if "--since" in named:
        try:
            with open(named["--since"], "rb") as data:
                since = data.read()
        except OSError as error:
            sys.stderr.write("--since: %s\n" % error.strerror)
            return 2
    verdict = Check(arguments[1], named.get("--keys")).run(since)
    print(json.dumps(verdict, sort_keys=True))
    return 0 if verdict["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
