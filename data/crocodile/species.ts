// The eighteen species of the table, from published biology. The generator's only source of facts.
//
// Ranges and habitats: status surveys and action plans of the IUCN SSC Crocodile Specialist Group; IUCN Red List accounts.
// Lengths: Grigg & Kirshner 2015, Biology and Evolution of Crocodylians; Trutnau & Sommerlad 2006, Crocodilians.
// C. halli: Murray et al. 2019. Mecistops: Shirley et al. 2018. Osteolaemus: Eaton et al. 2009.
// Status, country and habitat are spelled as the Kaggle table spells them; the numbers are rounded to what a survey can tell.

/** Something with how often it is met, beside the others of its list. */
export type Weighted = readonly (readonly [name: string, weight: number])[];

export interface Species {
  readonly common: string;
  readonly scientific: string;
  readonly status: string;
  /** Total length in m: when hatched, when females breed first, of a very large female and male. */
  readonly length: {
    readonly hatched: number;
    readonly mature: number;
    readonly female: number;
    readonly male: number;
  };
  /** Weight in kg of an animal of 1 m, the factor k of weight = k · length^3.25; slender 2.3, stout 6. */
  readonly build: number;
  readonly countries: Weighted;
  readonly habitats: Weighted;
}

export const SPECIES: readonly Species[] = [
  {
    common: 'American Crocodile',
    scientific: 'Crocodylus acutus',
    status: 'Vulnerable',
    length: { hatched: 0.27, mature: 2.3, female: 3.5, male: 4.9 },
    build: 2.8,
    countries: [
      ['Cuba', 5],
      ['Mexico', 3],
      ['Colombia', 3],
      ['USA (Florida)', 3],
      ['Venezuela', 2],
      ['Costa Rica', 2],
    ],
    habitats: [
      ['Mangroves', 5],
      ['Coastal Lagoons', 4],
      ['Estuaries', 4],
      ['Brackish Rivers', 3],
    ],
  },
  {
    common: 'Orinoco Crocodile',
    scientific: 'Crocodylus intermedius',
    status: 'Critically Endangered',
    length: { hatched: 0.28, mature: 2.5, female: 3.6, male: 5.0 },
    build: 2.8,
    countries: [
      ['Venezuela', 3],
      ['Colombia', 2],
    ],
    habitats: [
      ['Flooded Savannas', 1],
      ['Large Rivers', 1],
    ],
  },
  {
    common: "Morelet's Crocodile",
    scientific: 'Crocodylus moreletii',
    status: 'Least Concern',
    length: { hatched: 0.21, mature: 1.6, female: 2.5, male: 3.3 },
    build: 3,
    countries: [
      ['Mexico', 2],
      ['Guatemala', 1],
      ['Belize', 1],
    ],
    habitats: [
      ['Rivers', 2],
      ['Swamps', 2],
      ['Lagoons', 2],
    ],
  },
  {
    common: 'Cuban Crocodile',
    scientific: 'Crocodylus rhombifer',
    status: 'Critically Endangered',
    length: { hatched: 0.26, mature: 1.9, female: 2.5, male: 3.5 },
    build: 3.7,
    countries: [['Cuba', 1]],
    habitats: [
      ['Swamps', 2],
      ['Freshwater Wetlands', 1],
    ],
  },
  {
    common: 'Nile Crocodile',
    scientific: 'Crocodylus niloticus',
    status: 'Least Concern',
    length: { hatched: 0.3, mature: 2.6, female: 3.7, male: 5.2 },
    build: 3.2,
    countries: [
      ['Tanzania', 3],
      ['Kenya', 3],
      ['South Africa', 3],
      ['Uganda', 2],
      ['Egypt', 2],
      ['Sudan', 2],
      ['Nigeria', 1],
    ],
    habitats: [
      ['Rivers', 3],
      ['Lakes', 2],
      ['Marshes', 3],
      ['Reservoirs', 2],
    ],
  },
  {
    common: 'West African Crocodile',
    scientific: 'Crocodylus suchus',
    status: 'Least Concern',
    length: { hatched: 0.27, mature: 1.7, female: 2.4, male: 3.2 },
    build: 3,
    countries: [
      ['Mali', 3],
      ['Niger', 2],
      ['Senegal', 2],
      ['Chad', 2],
      ['Mauritania', 2],
      ['Sudan', 2],
    ],
    habitats: [
      ['Oases', 3],
      ['Lakes', 2],
      ['Rivers', 2],
    ],
  },
  {
    common: 'West African Slender-snouted Crocodile',
    scientific: 'Mecistops cataphractus',
    status: 'Critically Endangered',
    length: { hatched: 0.3, mature: 1.9, female: 2.5, male: 3.4 },
    build: 2.5,
    countries: [
      ["Côte d'Ivoire", 3],
      ['Ghana', 2],
      ['Liberia', 2],
      ['Sierra Leone', 2],
      ['Guinea', 1],
      ['Nigeria', 1],
    ],
    habitats: [
      ['Shaded Forest Rivers', 3],
      ['Swamps', 2],
    ],
  },
  {
    common: 'Central African Slender-snouted Crocodile',
    scientific: 'Mecistops leptorhynchus',
    status: 'Endangered',
    length: { hatched: 0.3, mature: 1.9, female: 2.6, male: 3.5 },
    build: 2.5,
    countries: [
      ['Congo Basin Countries', 3],
      ['Gabon', 2],
      ['Cameroon', 2],
    ],
    habitats: [
      ['Forest Rivers', 3],
      ['Swamps', 2],
    ],
  },
  {
    common: 'West African Dwarf Crocodile',
    scientific: 'Osteolaemus tetraspis',
    status: 'Vulnerable',
    length: { hatched: 0.22, mature: 1.0, female: 1.4, male: 1.8 },
    build: 6,
    countries: [
      ['Liberia', 2],
      ["Côte d'Ivoire", 2],
      ['Ghana', 2],
      ['Sierra Leone', 2],
      ['Guinea', 1],
      ['Cameroon', 1],
    ],
    habitats: [
      ['Forest Swamps', 1],
      ['Small Streams', 1],
    ],
  },
  {
    common: 'Congo Dwarf Crocodile',
    scientific: 'Osteolaemus osborni',
    status: 'Data Deficient',
    length: { hatched: 0.2, mature: 0.9, female: 1.2, male: 1.5 },
    build: 5.6,
    countries: [
      ['Congo (DRC)', 3],
      ['Central African Republic', 1],
    ],
    habitats: [
      ['Forest Swamps', 1],
      ['Slow Streams', 1],
    ],
  },
  {
    common: 'Mugger Crocodile (Marsh Crocodile)',
    scientific: 'Crocodylus palustris',
    status: 'Vulnerable',
    length: { hatched: 0.28, mature: 1.9, female: 2.8, male: 4.2 },
    build: 3.3,
    countries: [
      ['India', 4],
      ['Sri Lanka', 3],
      ['Nepal', 2],
      ['Pakistan', 2],
      ['Iran (historic)', 1],
    ],
    habitats: [
      ['Rivers', 3],
      ['Reservoirs', 3],
      ['Marshes', 2],
      ['Lakes', 2],
    ],
  },
  {
    common: 'Saltwater Crocodile',
    scientific: 'Crocodylus porosus',
    status: 'Least Concern',
    length: { hatched: 0.3, mature: 2.3, female: 3.3, male: 5.6 },
    build: 3,
    countries: [
      ['Australia', 4],
      ['Papua New Guinea', 3],
      ['India', 2],
      ['Malaysia', 2],
      ['Indonesia', 2],
      ['Philippines', 2],
    ],
    habitats: [
      ['Estuaries', 3],
      ['Mangroves', 3],
      ['Tidal Rivers', 3],
      ['Coastal Wetlands', 2],
    ],
  },
  {
    common: 'Borneo Crocodile (disputed)',
    scientific: 'Crocodylus raninus',
    status: 'Data Deficient',
    length: { hatched: 0.28, mature: 2.0, female: 2.7, male: 3.6 },
    build: 2.9,
    countries: [
      ['Malaysia (Borneo)', 1],
      ['Indonesia (Borneo)', 1],
    ],
    habitats: [
      ['Rivers', 2],
      ['Estuarine Systems', 2],
      ['Tidal Rivers', 1],
    ],
  },
  {
    common: 'New Guinea Crocodile',
    scientific: 'Crocodylus novaeguineae',
    status: 'Least Concern',
    length: { hatched: 0.27, mature: 1.7, female: 2.6, male: 3.4 },
    build: 2.8,
    countries: [
      ['Papua New Guinea', 1],
      ['Indonesia (Papua)', 1],
    ],
    habitats: [
      ['Swamps', 3],
      ['Lakes', 2],
      ['Rivers', 2],
    ],
  },
  {
    common: "Hall's New Guinea Crocodile",
    scientific: 'Crocodylus halli',
    status: 'Least Concern',
    length: { hatched: 0.29, mature: 1.8, female: 2.7, male: 3.5 },
    build: 3,
    countries: [['Papua New Guinea', 1]],
    habitats: [
      ['Freshwater Wetlands', 3],
      ['Rivers', 2],
    ],
  },
  {
    common: 'Philippine Crocodile',
    scientific: 'Crocodylus mindorensis',
    status: 'Critically Endangered',
    length: { hatched: 0.23, mature: 1.4, female: 2.0, male: 2.9 },
    build: 3,
    countries: [['Philippines', 1]],
    habitats: [
      ['Freshwater Marshes', 2],
      ['Rivers', 2],
      ['Ponds', 1],
    ],
  },
  {
    common: 'Siamese Crocodile',
    scientific: 'Crocodylus siamensis',
    status: 'Critically Endangered',
    length: { hatched: 0.25, mature: 1.9, female: 2.6, male: 3.5 },
    build: 3.1,
    countries: [
      ['Cambodia', 3],
      ['Laos', 2],
      ['Thailand', 1],
      ['Vietnam', 1],
    ],
    habitats: [
      ['Slow Rivers', 2],
      ['Swamps', 2],
      ['Oxbow Lakes', 2],
    ],
  },
  {
    common: "Freshwater Crocodile (Johnstone's)",
    scientific: 'Crocodylus johnstoni',
    status: 'Least Concern',
    length: { hatched: 0.24, mature: 1.4, female: 2.0, male: 2.8 },
    build: 2.3,
    countries: [['Australia', 1]],
    habitats: [
      ['Billabongs', 1],
      ['Freshwater Rivers', 1],
      ['Gorges', 1],
    ],
  },
];
