import { testPatternFamily } from '../pattern-family.contract.ts'
import { imageGc } from './image-gc.ts'

testPatternFamily(imageGc)
