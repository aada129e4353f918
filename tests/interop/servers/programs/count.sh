#!/bin/sh
# What websocketd makes a server of: each line printed is a message.
for number in 1 2 3 4 5; do
  echo "$number"
done
# Waits until the client has said something, and ends, and with it the connection.
read -r _
