"""What offices and the operator want to know in numbers: how many, how far, why not, how long; nobody is named."""
