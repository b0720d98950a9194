"""Forms by which the coordinator sends files."""

from lsp_assess.web.form_fields import text, upload
from lsp_assess.web.forms import Form

LONGEST_QUESTIONNAIRE = 500_000


class IndicatorFileForm(Form):
    file = upload(
        "File",
        hint="A CSV file (UTF-8) or an Excel workbook (.xlsx), of 10 MB at most",
        needed="Choose the file",
    )
    mapping = upload(
        "Mapping",
        hint="A text file (.yaml) that says what each column means and where the data come from. The page of"
        " a file that was taken in shows its mapping, to start from.",
        needed="Choose the mapping",
    )


class ResponseFileForm(IndicatorFileForm):
    questionnaire = upload(
        "Questionnaire (optional)",
        hint="Needed where the partnership does not hold the questionnaire that the mapping names",
    )


class SampleFileForm(Form):
    file = upload(
        "Sample file",
        hint="A CSV file (UTF-8) or an Excel workbook (.xlsx) with the columns reference, address, area,"
        " probability, and where there are such: postcode, telephone, stratum, cluster",
        needed="Choose the file",
    )


class QuestionnaireForm(Form):
    """Either a file, or what is written here; after errors what was sent can be mended here."""

    file = upload("Questionnaire file (YAML)")
    written = text("Or write it here", longest=LONGEST_QUESTIONNAIRE)
