import { testPatternFamily } from '../pattern-family.contract.ts'
import { imagePull } from './image-pull.ts'

testPatternFamily(imagePull)
