"""Documentation generator: one repository at one commit in, one bundle of Markdown blocks out.

It needs neither Airflow nor the control plane; `docgen.contract` is all that the two sides share.
"""

__version__ = "0.1.0"
