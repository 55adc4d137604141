#!/bin/bash
# The MySQL image runs this once, when its data folder is empty: a database and a user for each service.
set -euo pipefail

make_database() {
  local name="our_now_$1" password="$2"
  mysql -uroot -p"$MYSQL_ROOT_PASSWORD" <<SQL
CREATE DATABASE $name CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER '$name'@'%' IDENTIFIED BY '$password';
GRANT ALL ON $name.* TO '$name'@'%';
SQL
}

make_database auth "$AUTH_DATABASE_PASSWORD"
make_database chat "$CHAT_DATABASE_PASSWORD"
make_database presence "$PRESENCE_DATABASE_PASSWORD"
make_database vision "$VISION_DATABASE_PASSWORD"
