"""A picture is drawn anew: what else was in the file (place and time, a program, another file) stays out."""

import io
import struct
import zlib

PIXELS_LIMIT = 25_000_000
QUALITY = 88


class Unreadable(Exception):
    """It says that it is a picture, and is none."""


class TooManyPixels(Exception):
    """Drawing it would take too much."""


def redrawn(content: bytes, kind: str) -> bytes:
    """`kind` is PNG or JPEG. Of several pictures in one file the first. Raises Unreadable, TooManyPixels."""
    from PIL import Image, ImageOps  # noqa: PLC0415 (only uploads need it)

    drawn = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > PIXELS_LIMIT:
                raise TooManyPixels
            upright = ImageOps.exif_transpose(picture)
            mode = "RGBA" if kind == "PNG" and upright.has_transparency_data else "RGB"
            plain = upright.convert(mode)
            plain.info.clear()
            plain.save(drawn, kind, **({"quality": QUALITY} if kind == "JPEG" else {}))
    except Image.DecompressionBombError:
        raise TooManyPixels from None
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error) as error:
        raise Unreadable from error
    return drawn.getvalue()
