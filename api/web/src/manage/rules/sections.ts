/** The rules as sections of sentences; an action of a sentence changes the rules it was made from. */
import { givenSection, waitSection } from './given'
import { holdSections, type Rooms } from './holds'
import { beyondSection, lateSection, worthSection } from './room'
import type { Section } from './sentence'
import type { Rules } from './values'

export interface HouseFacts extends Rooms {
  /** Minutes a table is kept where the rules leave that to the house. */
  grace: number
}

/** All sections, those first that are touched most. */
export function sectionsOf(rules: Rules, house: HouseFacts): Section[] {
  return [
    ...holdSections(rules, house),
    beyondSection(rules, house),
    lateSection(house.grace),
    givenSection(rules),
    waitSection(rules),
    worthSection(rules),
  ]
}
