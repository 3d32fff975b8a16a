"""A small sign-in service for tests: OpenID Connect with discovery, authorize, token, keys and userinfo, on loopback."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "accord", "toy-secret"


def new_key() -> rsa.RSAPrivateKey:
    """A key to sign with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class ToyIssuer:
    """Says `claims` of whoever comes; what a test changes makes it lie in that one respect."""

    key = new_key()

    def __init__(self) -> None:
        self.claims = {
            "sub": "u-1",
            "preferred_username": "lin",
            "email": "lin@example.org",
            "email_verified": True,
            "given_name": "Lin",
            "family_name": "Wei",
            "groups": ["office"],
        }
        self.told_besides = {"sub": "u-1"}
        self.forged: dict = {}  # claims of the identity token that are not what they should be
        self.signs_with = self.key
        self.algorithm = "RS256"
        self.key_name = "k1"
        self.discovered: dict = {}
        self.key_of_set: dict = {}
        self.broken: set[str] = set()
        self.asked: dict[str, dict] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"toy": self}))
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """End the service; nothing answers at its address any more."""
        self.server.shutdown()
        self.server.server_close()

    def discovery(self) -> dict:
        """What is found at the well-known address."""
        names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        found = {f"{name}_endpoint": f"{self.address}/{path}" for name, path in names.items()}
        return {"issuer": self.address, "jwks_uri": f"{self.address}/keys"} | found | self.discovered

    def keys(self) -> dict:
        """The public half of the key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "k1", "use": "sig", "alg": "RS256"} | self.key_of_set]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Sign whoever asks in, and say where to send them back to."""
        code = f"code-{len(self.asked)}"
        self.asked[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def tokens(self, given: dict[str, str]) -> dict | None:
        """The tokens for a code, once, for who knows the secret and began the sign-in; None is a refusal."""
        asked = self.asked.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or challenge != asked["code_challenge"] or given.get("client_secret") != SECRET:
            return None
        now = int(time.time())
        proof = {"iss": self.address, "aud": CLIENT, "nonce": asked["nonce"], "iat": now, "exp": now + 60}
        token = {**self.claims, **proof, **self.forged}
        token = {name: value for name, value in token.items() if value is not None}
        key = "" if self.algorithm == "none" else self.signs_with
        signed = jwt.encode(token, key, self.algorithm, headers={"kid": self.key_name} if self.key_name else {})
        return {"access_token": "at-1", "token_type": "Bearer", "id_token": signed}


class Handler(BaseHTTPRequestHandler):
    """Routes of the toy."""

    toy: ToyIssuer

    def do_GET(self) -> None:
        """Discovery, authorize, keys, userinfo."""
        parts = urlsplit(self.path)
        name = parts.path.rpartition("/")[2]
        if name in self.toy.broken:
            return self.answer(b"no", 500)
        if name == "authorize":
            self.send_response(302)
            self.send_header("Location", self.toy.authorize(dict(parse_qsl(parts.query))))
            return self.end_headers()
        if name == "userinfo" and self.headers["Authorization"] != "Bearer at-1":
            return self.answer(b"no", 401)
        found = {
            "openid-configuration": self.toy.discovery,
            "keys": self.toy.keys,
            "userinfo": lambda: self.toy.told_besides,
        }
        return self.answer(json.dumps(found[name]()).encode())

    def do_POST(self) -> None:
        """Token."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if "token" in self.toy.broken:
            return self.answer(b"<html>", 200, "text/html")
        tokens = self.toy.tokens({name: values[0] for name, values in parse_qs(body).items()})
        return self.answer(json.dumps(tokens or {"error": "invalid_grant"}).encode(), 200 if tokens else 400)

    def answer(self, body: bytes, status: int = 200, kind: str = "application/json") -> None:
        """Send a body."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args) -> None:
        """Say nothing."""
