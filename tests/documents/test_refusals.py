import re

import pytest

from vuntrong.documents.inspection import WorkbookError
from vuntrong.exchange.sentences import WORKBOOK as OF_IMPORTS
from vuntrong.web.classes.sentences import WORKBOOK as OF_CLASSES
from vuntrong.web.surveys.sentences import WHOLE_FILE as OF_SURVEYS


@pytest.mark.parametrize("sentences", [OF_IMPORTS, OF_CLASSES, OF_SURVEYS], ids=["imports", "classes", "surveys"])
def test_every_refusal_of_a_workbook_has_its_sentence(sentences):
    codes = re.findall(
        r"[a-z]+(?:-[a-z]+)+|macros|secret|encrypted|empty", str(WorkbookError.__doc__).split("Codes:")[1]
    )

    assert [code for code in codes if code not in sentences] == []
