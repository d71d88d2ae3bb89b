"""What the agent itself refuses, in the words and the shape of the server's refusals."""

FOREIGN = {
    "code": "foreign_origin",
    "message": "对不起，取号机只接受本机页面的请求。",
    "message_en": "This kiosk only answers its own page.",
}
SERVER_AWAY = {
    "code": "server_away",
    "message": "对不起，取号服务暂时连接不上，请您稍候再试，或到咨询台取号。",
    "message_en": "The hall's server cannot be reached at the moment. Please try again shortly, or ask at the desk.",
}


def body_of(refusal: dict[str, str], **facts: object) -> dict[str, object]:
    """The JSON of a refusal, with facts for the page."""
    return {"error": {**refusal, **facts}}
