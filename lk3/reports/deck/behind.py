"""The sheet behind a chart: what PowerPoint opens on "Edit data".

In: categories and series, added as to python-pptx's own class. Out: a workbook whose texts are
texts. The writer of python-pptx would let `=...` be a formula and `external:...` a link to a file.
"""

from io import BytesIO

import xlsxwriter
from pptx.chart.data import CategoryChartData


class ChartNumbers(CategoryChartData):
    """Categories of one level with their series."""

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook: categories in column A from row 2, series in B and on, names in row 1."""
        target = BytesIO()
        with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
            sheet = book.add_worksheet("Sheet1")  # the chart refers to it by this name
            text = book.add_format({"quote_prefix": True})  # it stays text when it is typed anew
            for row, category in enumerate(self.categories, start=1):
                sheet.write_string(row, 0, category.label, text)
            for column, series in enumerate(self, start=1):
                sheet.write_string(0, column, series.name, text)
                shown = book.add_format({"num_format": series.number_format})
                for row, value in enumerate(series.values, start=1):
                    if value is not None:
                        sheet.write_number(row, column, value, shown)
        return target.getvalue()
