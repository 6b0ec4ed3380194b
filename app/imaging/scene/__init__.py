"""What is in a picture: the crop, the person, the background, parts of the face, colours."""
