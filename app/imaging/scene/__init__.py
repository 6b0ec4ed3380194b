"""What is seen in a picture, computed on demand for the checks.

`scene`: everything about one picture under one pack; `crop`: the part that is registered; `regions`: parts of the face
as polygons of landmarks; `silhouette`: hair and shoulders; `background`: what is behind the person; `colour`: CIELAB.
"""
