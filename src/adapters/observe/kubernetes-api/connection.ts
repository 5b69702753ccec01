/** A client certificate and its key, PEM. */
export interface ClientCertificate {
  certificate: string
  key: string
}

/** What is shown to the server with a request. */
export interface Presented {
  /** The value of the header `Authorization`. */
  authorization?: string
  clientCertificate?: ClientCertificate
}

/** Who a client is, to an API server. */
export interface Credentials {
  /**
   * What to show now; renewed when it has run out.
   * @throws {KubepatrolError} when it cannot be had, such as from a plugin that fails.
   */
  present(): Promise<Presented>
  /** The server refused what was shown. True when asking again may give something else. */
  refused(shown: Presented): boolean
}

/** Where an API server is, and how it is spoken to. */
export interface ApiConnection {
  /** `https://host:port`, with a path where the server is behind one. */
  server: URL
  /** Authorities of the server's certificate, PEM; absent for those of the system. */
  authorities?: string
  /** The name that the server's certificate has to carry, where it is not the host. */
  serverName?: string
  isCertificateChecked: boolean
  /** `http:`, `https:` or `socks5:`; absent for none. */
  proxy?: URL
  /** Headers of impersonation. */
  headers: Readonly<Record<string, string | string[]>>
  credentials: Credentials
  /** The namespace of the context, when it names one. */
  namespace?: string
}
