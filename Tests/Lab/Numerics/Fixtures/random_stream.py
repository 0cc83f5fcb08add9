"""Prints the golden words of RandomStream from its documented derivation, without any code of Lab.

Run: python3 random_stream.py. The words stand in Random/Golden.swift.
"""
import hashlib
import struct

MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        left, right = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
        c = [(right >> 32) ^ c[1] ^ k[0], right & MASK, (left >> 32) ^ c[3] ^ k[1], left & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def words(digest, count):
    k0, k1, n0, n1 = struct.unpack("<4I", digest[:16])
    out = []
    block = 0
    while len(out) < count:
        out += philox((block & MASK, block >> 32, n0, n1), (k0, k1))
        block += 1
    return ", ".join(f"0x{w >> 16:04x}_{w & 0xFFFF:04x}" for w in out[:count])


def sha(data):
    return hashlib.sha256(data).digest()


assert philox((0, 0, 0, 0), (0, 0)) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
root = sha(struct.pack("<Q", 42) + b"policy/dqn/exploration")
print("root", words(root, 6))
print("named", words(sha(root + b"worker"), 4))
print("indexed", words(sha(root + b"\xff" + struct.pack("<q", 7)), 4))
print("negative", words(sha(root + b"\xff" + struct.pack("<q", -1)), 4))
