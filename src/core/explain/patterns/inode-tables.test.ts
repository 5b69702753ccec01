import { testPatternFamily } from '../pattern-family.contract.ts'
import { inodeTables } from './inode-tables.ts'

testPatternFamily(inodeTables)
