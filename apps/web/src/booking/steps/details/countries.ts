/**
 * Countries, how they are dialled (ITU-T E.164), and how many digits the numbers of people have there: those of
 * fixed lines and mobiles in libphonenumber, by whose rules the server takes numbers (tests/e2e/web/test_phones.py).
 */

/** Of each: code, calling code, lengths without it, and what is dialled before a number within the country alone. */
const LISTED =
  "AE971:8-9:0 SA966:9:0 QA974:8 KW965:8 BH973:8 OM968:8 EG20:8-10:0 JO962:8-9:0 LB961:7-8:0 IQ964:8-10:0 " +
  "SY963:8-9:0 PS970:8-9:0 YE967:7-9:0 MA212:9:0 DZ213:8-9:0 TN216:8 LY218:9:0 SD249:9:0 AD376:6,9 AF93:9:0 " +
  "AG1268:10:1 AI1264:10:1 AL355:8-9:0 AM374:8:0 AO244:9 AR54:10-12:0 AS1684:10:1 AT43:4-13:0 AU61:9:0 AW297:7 " +
  "AZ994:9:0 BA387:8-9:0 BB1246:10:1 BD880:6-10:0 BE32:8-9:0 BF226:8 BG359:6-9:0 BI257:8 BJ229:10 BM1441:10:1 " +
  "BN673:7 BO591:8:0 BR55:10-11:0 BS1242:10:1 BT975:7-8 BW267:7-8 BY375:9:80 BZ501:7 CA1:10:1 CD243:7-10:0 CF236:8 " +
  "CG242:9 CH41:9:0 CI225:10 CK682:5 CL56:9 CM237:9 CN86:7-11:0 CO57:8,10:0 CR506:8 CU53:6-8,10:0 CV238:7 CW599:7-8 " +
  "CY357:8 CZ420:9 DE49:5-13:0 DJ253:8 DK45:8 DM1767:10:1 DO1809:10:1 EC593:8-9:0 EE372:7-8 ER291:7:0 ES34:9 " +
  "ET251:9:0 FI358:5-10:0 FJ679:7 FK500:5 FM691:7 FO298:6 FR33:9:0 GA241:7-8 GB44:9-10:0 GD1473:10:1 GE995:9:0 " +
  "GF594:9:0 GH233:9:0 GI350:8 GL299:6 GM220:7,9 GN224:8-9 GP590:9:0 GQ240:9 GR30:10 GT502:8 GU1671:10:1 GW245:7,9 " +
  "GY592:7 HK852:8 HN504:8 HR385:8-9:0 HT509:8 HU36:8-9:06 ID62:7-12:0 IE353:7-10:0 IL972:8-9,11-12:0 IN91:10:0 " +
  "IR98:6-7,10:0 IS354:7,9 IT39:6-12 JM1876:10:1 JP81:9-10:0 KE254:7-9:0 KG996:9:0 KH855:8-9:0 KI686:5,8:0 KM269:7 " +
  "KN1869:10:1 KP850:8,10:0 KR82:5-6,8-11:0 KY1345:10:1 KZ7:10:8 LA856:8-10:0 LC1758:10:1 LI423:7,9:0 LK94:9:0 " +
  "LR231:7-9:0 LS266:8 LT370:8:0 LU352:4-11 LV371:8 MC377:8-9:0 MD373:8:0 ME382:8:0 MG261:9:0 MH692:7:1 MK389:8:0 " +
  "ML223:8 MM95:6-10:0 MN976:8-10:0 MO853:8 MP1670:10:1 MQ596:9:0 MR222:8 MS1664:10:1 MT356:8 MU230:7-8 MV960:7 " +
  "MW265:7,9:0 MX52:10 MY60:8-10:0 MZ258:8-9 NA264:8-9:0 NC687:6 NE227:8 NG234:10:0 NI505:8 NL31:9,11:0 NO47:8 " +
  "NP977:8,10:0 NR674:7 NU683:4,7 NZ64:8-10:0 PA507:7-8 PE51:8-9:0 PF689:8 PG675:7-8 PH63:6,8-10:0 PK92:9-10:0 " +
  "PL48:7,9 PM508:6,9:0 PR1787:10:1 PT351:9 PW680:7 PY595:7-9:0 RE262:9:0 RO40:6,9:0 RS381:7-12:0 RU7:10:8 " +
  "RW250:8-9:0 SB677:5,7 SC248:7 SE46:7-9:0 SG65:8 SH290:4-5 SI386:8:0 SK421:6-7,9:0 SL232:8:0 SM378:8,10 SN221:9 " +
  "SO252:6-9:0 SR597:6-7 SS211:9:0 ST239:7 SV503:8 SX1721:10:1 SZ268:8 TC1649:10:1 TD235:8 TG228:8 TH66:8-9:0 " +
  "TJ992:9 TK690:4-7 TL670:7-8 TM993:8:8 TO676:5,7 TR90:10:0 TT1868:10:1 TV688:5-7 TW886:8-11:0 TZ255:9:0 UA380:9:0 " +
  "UG256:9:0 US1:10:1 UY598:8:0 UZ998:9 VC1784:10:1 VE58:10:0 VG1284:10:1 VI1340:10:1 VN84:9-10:0 VU678:5,7 WF681:6 " +
  "WS685:5-7,10 XK383:8-12:0 ZA27:5-9:0 ZM260:9:0 ZW263:9-10:0";

/** Places of the North American plan are called by 1 and their area code. */
const AREA = /^1(\d{3})$/;

export interface Country {
  /** ISO 3166, two letters. */
  readonly code: string;
  /** Without the plus sign; with the area code, where that alone tells the country. */
  readonly dial: string;
  /** How many digits follow the calling code. */
  readonly lengths: ReadonlySet<number>;
  /** Empty where nothing is dialled before. */
  readonly trunk: string;
}

export const COUNTRIES: readonly Country[] = LISTED.split(" ").map((each) => {
  const [name = "", lengths = "", trunk = ""] = each.split(":");
  return { code: name.slice(0, 2), dial: name.slice(2), lengths: lengthsOf(lengths), trunk };
});

/** By their names in a language. */
export function named(locale: string): { code: string; dial: string; name: string }[] {
  const all = COUNTRIES.map(({ code, dial }) => ({ code, dial, name: nameOf(code, locale) }));
  return all.sort((one, other) => one.name.localeCompare(other.name, locale));
}

export function nameOf(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code;
}

/** Where most guests of a business are: where its own phone is, else where the language or the browser points to. */
export function likelyCountry(phone: string | null, ...languages: readonly string[]): string {
  const regions = languages.map((language) => new Intl.Locale(language).region);
  const there = COUNTRIES.filter(({ dial }) => phone?.startsWith(`+${dial}`));
  const longest = Math.max(...there.map(({ dial }) => dial.length));
  const closest = there.filter(({ dial }) => dial.length === longest).map(({ code }) => code);
  const among = closest.length > 0 ? closest : COUNTRIES.map(({ code }) => code);
  const pointed = regions.find((region) => region !== undefined && among.includes(region));
  return pointed ?? closest.at(-1) ?? "AE"; // of those with one calling code the largest is listed last
}

export function countryOf(code: string): Country | undefined {
  return COUNTRIES.find((country) => country.code === code);
}

/** The calling code and, where that alone does not tell the country, the area code behind it. */
export function dialOf({ dial }: Country): { calling: string; area: string } {
  const area = AREA.exec(dial)?.[1] ?? "";
  return { calling: area ? "1" : dial, area };
}

/** Of `8-9,11`. */
function lengthsOf(written: string): ReadonlySet<number> {
  const ranges = written.split(",").map((range) => range.split("-").map(Number));
  return new Set(ranges.flatMap(([least = 0, most = least]) => range(least, most)));
}

function range(least: number, most: number): number[] {
  return Array.from({ length: most - least + 1 }, (_, at) => least + at);
}
