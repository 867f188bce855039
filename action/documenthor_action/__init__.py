"""The GitHub Action's script. It runs on the runner's own Python and openssl: nothing is installed."""
