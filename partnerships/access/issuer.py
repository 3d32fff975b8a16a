"""What the university's sign-in service says of somebody, believed as far as it is proven (OpenID Connect Core 1.0).

The library asks for codes and tokens; the signature, the nonce and who is meant are checked here, since it leaves them
unchecked where a token came straight from the service.
"""

from hmac import compare_digest

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.urls import reverse
from requests import RequestException

PROVIDER = "oidc"
# Only signatures with a key pair: “none” and shared secrets are none.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
NEEDED = ["exp", "iat", "iss", "aud", "sub"]
LEEWAY = 30  # seconds that two clocks may differ
NONSENSE = (OAuth2Error, jwt.PyJWTError, ValueError, KeyError, TypeError, AttributeError)


class Refused(Exception):
    """Somebody can't come in this way; the text says why, and what to do."""

    status = 403


class Silent(Refused):
    """The service gives no usable answer."""

    status = 503

    def __init__(self) -> None:
        super().__init__("The sign-in service does not answer at the moment. Try again in a few minutes.")


class Service(OpenIDConnectOAuth2Adapter):
    """The service of the settings, for one request."""

    def __init__(self, request) -> None:
        super().__init__(request, PROVIDER)
        self.provider = self.get_provider()
        self.app = self.provider.app

    def get_callback_url(self, request, app) -> str:
        """Where the service sends people back to."""
        return request.build_absolute_uri(reverse("oidc-callback"))

    def address_for(self, state: str, nonce: str, challenge: dict[str, str]) -> str:
        """The address at which somebody signs in; raises Silent."""
        try:
            self.refuse_another()
            client = self.get_client(self.request, self.app)
            client.state = state
            params = {"nonce": nonce, **challenge}
            return client.get_redirect_url(self.authorize_url, self.provider.get_default_scope(), params)
        except (RequestException, *NONSENSE) as trouble:
            raise Silent from trouble

    def claims(self, state: dict) -> dict:
        """Everything that the service says of whoever came back with a code; raises Refused."""
        try:
            self.refuse_another()
            client = self.get_client(self.request, self.app)
            tokens = client.get_access_token(self.request.GET["code"], pkce_code_verifier=state["pkce_code_verifier"])
            proven = self.proven(tokens["id_token"], state["nonce"])
            return self.told_besides(tokens["access_token"], proven["sub"]) | proven
        except RequestException as trouble:
            raise Silent from trouble
        except NONSENSE as trouble:
            raise Refused("The sign-in service's answer is not valid. Start again from the sign-in page.") from trouble

    def refuse_another(self) -> None:
        """Raise ValueError where what is found at the address speaks for another service."""
        if self.openid_config["issuer"].rstrip("/") != self.app.settings["issuer"].rstrip("/"):
            raise ValueError("issuer")

    def proven(self, token: str, nonce: str) -> dict:
        """The claims of an identity token that is signed, meant for us, fresh and an answer to our question."""
        claims = jwt.decode(
            token,
            self.key_for(**jwt.get_unverified_header(token)).key,
            algorithms=ALGORITHMS,
            audience=self.app.client_id,
            issuer=self.openid_config["issuer"],
            leeway=LEEWAY,
            options={"require": NEEDED},
        )
        if not compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise ValueError("nonce")
        if claims.get("azp", self.app.client_id) != self.app.client_id or not claims["sub"]:
            raise ValueError("azp or sub")
        return claims

    def key_for(self, alg: str, kid: str | None = None, **_) -> jwt.PyJWK:
        """The one key of the service that fits the head of a token."""
        found = [
            key
            for key in self.fetched(self.openid_config["jwks_uri"])["keys"]
            if kid in (None, key.get("kid")) and key.get("use", "sig") == "sig" and key.get("alg", alg) == alg
        ]
        if len(found) != 1 or alg not in ALGORITHMS:
            raise ValueError("key")
        return jwt.PyJWK(found[0], alg)

    def told_besides(self, token: str, subject: str) -> dict:
        """What the service says of the same person at its address for that, where it has one."""
        address = self.openid_config.get("userinfo_endpoint")
        if not address:
            return {}
        told = self.fetched(address, {"Authorization": f"Bearer {token}"})
        if told["sub"] != subject:
            raise ValueError("sub")
        return told

    def fetched(self, address: str, headers: dict[str, str] | None = None) -> dict:
        """The JSON at an address of the service."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(address, headers=headers)
            answer.raise_for_status()
            return answer.json()
