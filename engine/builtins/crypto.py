"""Digests of strings, with and without a key, in hexadecimal."""

from __future__ import annotations

import hashlib
import hmac

from rsp_policy.engine.ir.constants import Constant, truth

from .encoding.encodings import data
from .operands import string
from .registry import builtin


@builtin("crypto.md5")
def md5(text: Constant) -> Constant:
    """The MD5 digest of a string."""
    return hashlib.md5(data(string(text)), usedforsecurity=False).hexdigest()


@builtin("crypto.sha1")
def sha1(text: Constant) -> Constant:
    """The SHA-1 digest of a string."""
    return hashlib.sha1(data(string(text)), usedforsecurity=False).hexdigest()


@builtin("crypto.sha256")
def sha256(text: Constant) -> Constant:
    """The SHA-256 digest of a string."""
    return hashlib.sha256(data(string(text))).hexdigest()


@builtin("crypto.hmac.md5")
def hmac_md5(text: Constant, key: Constant) -> Constant:
    """The MD5 digest of a string under a key."""
    return _keyed(text, key, "md5")


@builtin("crypto.hmac.sha1")
def hmac_sha1(text: Constant, key: Constant) -> Constant:
    """The SHA-1 digest of a string under a key."""
    return _keyed(text, key, "sha1")


@builtin("crypto.hmac.sha256")
def hmac_sha256(text: Constant, key: Constant) -> Constant:
    """The SHA-256 digest of a string under a key."""
    return _keyed(text, key, "sha256")


@builtin("crypto.hmac.sha512")
def hmac_sha512(text: Constant, key: Constant) -> Constant:
    """The SHA-512 digest of a string under a key."""
    return _keyed(text, key, "sha512")


@builtin("crypto.hmac.equal")
def hmac_equal(left: Constant, right: Constant) -> Constant:
    """Whether two digests are one."""
    return truth(hmac.compare_digest(data(string(left)), data(string(right, 2))))


def _keyed(text: Constant, key: Constant, algorithm: str) -> str:
    message = data(string(text))
    return hmac.new(data(string(key, 2)), message, algorithm).hexdigest()
