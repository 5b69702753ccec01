/** The version of this build, put in by the build from package.json. */
export const version = process.env['KUBEPATROL_VERSION'] ?? '0.0.0-dev'
