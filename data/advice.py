"""What a clerk can do about each kind of work item; the Polish names of the kinds are those of the screens."""

WORK_ITEM_ADVICE = {
    "axes_not_told": "both orders of the axes fit: compare one point with a map, and say the area in more detail",
    "axes_swapped": "northing seems to come first: save the file again in EPSG:4326, or with x (easting) first",
    "cell_left_out": "a spreadsheet made it a date or a number: format the column as text and type it again",
    "coordinate_disagrees": "the point lies elsewhere than the words say: correct one of them",
    "facility_rows_disagree": "rows of one facility give several localities: give each place a key of its own",
    "gmina_code_disagrees": "the code is of another area than the other words: correct one of them",
    "gmina_code_unknown": "no gmina has the code: correct it, or leave it out and give the name",
    "gmina_disagrees": "the place lies in another gmina than stated: correct the locality or the gmina",
    "gmina_name_unknown": "no gmina has the name there: correct it",
    "gmina_younger_than_boundaries": "nothing to do: it is counted in the gmina that it was part of",
    "hidden_rows": "rows that are hidden or filtered out were read too: delete them if they do not count",
    "hidden_sheet": "the sheet that the profile names is hidden: check that it is the right one",
    "letters_damaged": "letters look as if they went through a wrong encoding: save the file again as UTF-8",
    "locality_ambiguous": "several localities have the name: give the gmina or the postal code",
    "locality_unknown": "no locality has the name there: correct it, or the gmina",
    "not_located": "no such place is known there: correct the locality or the gmina, or give the one that is missing",
    "personal_name": "the text seems to name a private person and is left out: take the name out of the file",
    "phone_left_out": "these are no whole telephone numbers: format the column as text and type them again",
    "places_by_sex_differ": "women's and men's vacant places do not add up: correct one of the numbers",
    "powiat_unknown": "no powiat of the voivodeship has the name: correct it",
    "row_cut_short": "the row has fewer cells than the header: check that nothing is missing at its end",
    "service_area_unknown": "no area has these codes: correct them",
    "total_differs": "the register's own total is not the sum of its rows: look for a row that is missing",
    "vacancies_exceed_capacity": "more vacant places than places: correct one of the numbers",
}
"""By kind; in English, as all output of commands."""
