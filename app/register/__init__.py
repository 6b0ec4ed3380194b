"""The population register (公安人口库): what a candidate's record is compared with."""
