"""Files as people attach them, each as small as its kind allows."""

import io
import zipfile

import pikepdf
from PIL import Image


def pdf(**more: object) -> bytes:
    """One empty page; `more` stands in the catalogue."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        for name, value in more.items():
            document.Root[f"/{name}"] = value
        document.save(made)
    return made.getvalue()


def locked_pdf() -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(made, encryption=pikepdf.Encryption(owner="o", user="u"))
    return made.getvalue()


def script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))


def picture(kind: str, *, size: tuple[int, int] = (8, 4), **saved: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(made, kind, **saved)
    return made.getvalue()


def photograph(said: str) -> bytes:
    """On its side, and telling more than it shows."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, said
    return picture("JPEG", exif=exif)


def office(main: str, more: dict[str, bytes] | None = None) -> bytes:
    """A zip with the parts that every such document has."""
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return packed({"[Content_Types].xml": types, main: b"<document/>", **(more or {})})


def open_document(kind: str, more: dict[str, bytes] | None = None) -> bytes:
    said = f"application/vnd.oasis.opendocument.{kind}".encode()
    return packed({"mimetype": said, "content.xml": b"<document/>", **(more or {})})


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
