#!/bin/sh
# Each message is a line on standard input.
while IFS= read -r line; do
  case $line in
    ping) echo pong ;;
    close*) exit ;;
    *) printf '%s\n' "$line" ;;
  esac
done
