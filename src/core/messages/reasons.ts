import { text } from './text.ts'

const reason = (en: string, zh: string) => text({ en: () => en, 'zh-CN': () => zh })

/** Why the operating system refused, by the names of errno. */
export const reasonMessages = {
  'reason.ENOENT': reason('there is no such file', '文件不存在'),
  'reason.EACCES': reason('permission denied', '权限不足'),
  'reason.EPERM': reason('not permitted', '操作不被允许'),
  'reason.EISDIR': reason('it is a directory', '这是一个目录'),
  'reason.ENOTDIR': reason('a part of the path is no directory', '路径中有一部分不是目录'),
  'reason.ELOOP': reason('too many links lead to each other', '符号链接循环'),
  'reason.EMFILE': reason('too many files are open', '打开的文件过多'),
  'reason.ENOSPC': reason('no space is left on the disk', '磁盘空间已满'),
  'reason.EROFS': reason('the filesystem is read-only', '文件系统只读'),
  'reason.EIO': reason('the disk cannot be read or written', '磁盘读写错误'),
  'reason.empty': reason('it is empty', '内容为空'),
  'reason.no-regular-file': reason('it is no regular file', '不是普通文件'),
}
