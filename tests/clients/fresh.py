"""Makes an empty database on a server, and prints its address.

fresh.py URL NAME
"""

import sys

import psycopg2


def main():
    url, name = sys.argv[1:]
    server = psycopg2.connect(url)
    # A database is made outside of any transaction.
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    server.close()
    print(f"{url.rpartition('/')[0]}/{name}")


if __name__ == "__main__":
    main()
