"""The structure of the accepted files, walked on the bytes: each module has `begins(body)` and `walk(body, scans)`."""
