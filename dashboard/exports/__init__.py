"""A report out of the dashboard: slides, brief and workbook, each editable where it is opened.

``native`` turns a chart's specification into series that Office draws itself; ``pptx``, ``docx``
and ``xlsx`` write files. Frames and words in, bytes out: no SQL, no Streamlit, no Plotly.
"""
