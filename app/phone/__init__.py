"""Everything below /m: the phone's page, its calls, and the sockets that phones and desktops listen on."""
