"""The fictional example “Republic of Sample”: who its agencies are, how good, and what evidence of them would say."""
