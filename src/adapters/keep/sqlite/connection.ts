import { Kysely, sql, SqliteDialect } from 'kysely'
import Database from 'libsql'
import { migrate, type Tables } from './schema.ts'
import { storeFailure } from './store-failure.ts'

/** The last line of defence: no fault in any retention may fill a disk. */
export interface StoreSize {
  /** Of 4 KiB each. */
  mostPages?: number
}

/** 2 GiB. */
const MOST_PAGES = 524_288
/** Another process that writes is waited for no longer than this: all of the patrol stands still meanwhile. */
const BUSY_TIMEOUT_MS = 250

/** A database that is asked one thing at a time, and that recovers from its failures. */
export interface Connection {
  /** @throws {KubepatrolError} KP_STORE_… */
  read<T>(work: (database: Kysely<Tables>) => Promise<T>): Promise<T>
  /** All of it or nothing, also when the process is killed. @throws {KubepatrolError} KP_STORE_… */
  change(work: (database: Kysely<Tables>) => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** Opens a database and brings its schema up to date. @throws {KubepatrolError} KP_STORE_… */
export async function openConnection(path: string, size: StoreSize): Promise<Connection> {
  let database: Kysely<Tables> | null = await connect(path, size).catch((cause: unknown) => {
    throw storeFailure(path, cause)
  })
  let isClosed = false

  async function attempt<T>(work: (database: Kysely<Tables>) => Promise<T>): Promise<T> {
    let used: Kysely<Tables> | null = null
    try {
      if (isClosed) throw new Error('it is closed')
      used = database ??= await connect(path, size)
      return await work(used)
    } catch (cause) {
      // A statement that failed stays under way in this driver and spoils what comes after: begin anew.
      if (used !== null && path !== ':memory:') {
        if (database === used) database = null
        await used.destroy().catch(() => undefined)
      }
      throw storeFailure(path, cause)
    }
  }

  return {
    read: attempt,
    change: (work) => attempt((now) => now.connection().execute((only) => wholly(only, work))),
    async close() {
      isClosed = true
      if (database) await sql`pragma wal_checkpoint(truncate)`.execute(database).catch(() => undefined)
      await database?.destroy()
    },
  }
}

/** As Kysely's own transaction, except that a rollback that fails hides not why it was needed. */
async function wholly(
  database: Kysely<Tables>,
  work: (database: Kysely<Tables>) => Promise<void>,
): Promise<void> {
  await sql`begin immediate`.execute(database)
  try {
    await work(database)
    await sql`commit`.execute(database)
  } catch (cause) {
    await sql`rollback`.execute(database).catch(() => undefined)
    throw cause
  }
}

async function connect(path: string, { mostPages = MOST_PAGES }: StoreSize): Promise<Kysely<Tables>> {
  const connection = new Database(path)
  try {
    connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
    connection.pragma('journal_mode = WAL')
    // A killed process loses nothing. A lost power supply may lose the last rounds, which the next ones find again;
    // waiting for the disk at each message would make the disk that is watched the bottleneck of telling.
    connection.pragma('synchronous = NORMAL')
    connection.pragma('journal_size_limit = 16777216')
    connection.pragma(`max_page_count = ${mostPages}`)
    const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) })
    await migrate(database)
    return database
  } catch (cause) {
    connection.close()
    throw cause
  }
}
