"""Files that the user downloads himself, as their producers publish them: told by header and vintage."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.sources.folder import read_columns, scan
from coodiag.coodiag_plugin.sources.grid_square import grid_square
from coodiag.tests.unit.test_official_folder import only, put, workbook
from osgeo import ogr, osr

GRID = "idcar_200m;idcar_1km;idcar_nat;i_est_200;i_est_1km;lcog_geo;ind;men;men_pauv;men_1ind;men_5ind;men_prop;men_fmp;ind_snv;men_surf;men_coll;men_mais;log_av45;log_45_70;log_70_90;log_ap90;log_inc;log_soc;ind_0_3;ind_4_5"
SQUARE = "CRS3035RES200mN2029800E4252400"
GRID_ROW = f"{SQUARE};CRS3035RES1000mN2029000E4252000;x;0;0;3500135002;12.5;5;1;1;1;3;1;250000;400;0;5;1;2;1;1;0;0;1;0"
BPE = "AN;NOMRS;CNOMRS;NUMVOIE;INDREP;TYPVOIE;LIBVOIE;CADR;CODPOS;DEPCOM;DEP;REG;DOM;SDOM;TYPEQU;SIRET;LAMBERT_X;LAMBERT_Y;LONGITUDE;LATITUDE;QUALITE_XY;EPSG;DCIRIS;QP"
BPE_ROW = "2024;X;;1;;RUE;INVENTEE;;35000;35238;35;53;D;D2;D265;;352000;6789000;-1.68;48.11;Bonne;2154;352380101;CSZ"
IC = "IRIS;COM;TYP_IRIS;LAB_IRIS;P22_POP;P22_POP0002;P22_POP0305;P22_POPH;C22_POP15P;C22_POP15P_STAT_GSEC11_21;P22_PMEN"
IC_ROW = "352380101;35238;H;1;2057.93753915075;50;60;1000;1800;100;2000"

COMPOSED = [
    ("grille csv", GRID, GRID_ROW, "carreaux_200m_2021_met.csv", "grille", 2021),
    ("grille, majuscules", GRID.upper(), GRID_ROW, "Filosofi2019_carreaux_200m_met.csv", "grille", 2019),
    ("grille d’avant 2019", GRID.replace("idcar_200m", "IdINSPIRE").replace("ind;men", "Ind;Men"), GRID_ROW, "grille_2017.csv", "grille", 2017),
    ("BPE", BPE, BPE_ROW, "base.csv", "bpe", 2024),
    ("BPE, minuscules", BPE.lower(), BPE_ROW, "base.csv", "bpe", 2024),
    ("base-ic population", IC, IC_ROW, "base.CSV", "rp_base_ic", 2022),
    ("base-ic activité", "IRIS;COM;TYP_IRIS;LAB_IRIS;P22_POP1564;P22_ACT1564;P22_CHOM1564", "352380101;35238;H;1;10;8;1", "x.CSV", "rp_base_ic", 2022),
    ("base-ic en virgules", "IRIS,COM,TYP_IRIS,P18_POP,P18_POP0002", "352380101,35238,H,10,1", "x.csv", "rp_base_ic", 2018),
    ("Filosofi IRIS disponible", "IRIS;LIBIRIS;COM;LIBCOM;DISP_TP6021;DISP_Q121;DISP_MED21;DISP_Q321;DISP_GI21", "352380101;A;35238;R;15,0;1;21000;3;0,3", "x.csv", "filosofi_iris", 2021),
    ("Filosofi IRIS déclaré", "IRIS;LIBIRIS;COM;LIBCOM;DEC_PIMP21;DEC_TP6021;DEC_Q121;DEC_MED21", "352380101;A;35238;R;50,0;20;1;21000", "x.csv", "filosofi_iris", 2021),
    ("flux", "CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C22_ACTOCC15P", "35238;Rennes;35001;Acigné;210.5", "x.csv", "flux_domicile_travail", 2022),
    ("base-cc", "CODGEO;P22_POP;P22_POP0014;C22_POP15P", "35238;1;2;3", "x.CSV", "rp_base_cc", 2022),
    ("base-cc-filosofi", "CODGEO;NBMENFISC21;NBPERSMENFISC21;MED21;PIMP21;TP6021;TP60AGE121", "35238;1;2;3;4;5;6", "x.csv", "filosofi_cc", 2021),
    ("COG 2026", "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT", "COM,35238,53,35,35D,353,0,RENNES,Rennes,Rennes,3599,", "v_commune_2026.csv", "cog_communes", 2026),
    ("passage", "NIVGEO;CODGEO_2025;LIBGEO_2025;CODGEO_INI;LIBGEO_INI", "COM;01015;Arboys;01340;Saint-Bois", "x.csv", "cog_passage", 2025),
    ("IRIS de référence", "CODE_IRIS;LIB_IRIS;TYP_IRIS;GRD_QUART;TRIRIS;UU2020;REG;DEP;DEPCOM;LIBCOM", "352380101;A;H;3523801;;35701;53;35;35238;Rennes", "reference_IRIS_geo2025.csv", "cog_iris", 2025),
    ("QPV démographie", "CODGEO;LIBGEO;POP_MUN;POP_COM_QP;IND_JEUNE;TX_TOT_MEN1", "QN03501M;Villejean;8 000;20 000;1,2;40", "DEMO_2024.csv", "qpv_demographie", 2024),
    ("QPV emploi", "CODGEO;LIBGEO;TX_TOT_EMPL;ABCDE;ABC;ABC_F", "QN03501M;Villejean;35,0;900;800;400", "IPRO_2024.csv", "qpv_insertion", 2024),
    ("QPV revenus", "CODGEO;LIBGEO;DISP_Q1;DISP_Q2;TP60", "QN03501M;Villejean;9 000;13 000;45,0", "REVN_2021.csv", "qpv_revenus", 2021),
    ("Urssaf", "code_region;code_departement;code_commune;code_ape;effectifs_salaries_2024;nombre_d_etablissements_2024;effectifs_salaries_2025;nombre_d_etablissements_2025", "53;35;35238;4711B;1;1;2;1", "x.csv", "urssaf_communes", 2025),
    ("BAN avec identifiants", "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat;id_ban_adresse;id_ban_toponyme;id_ban_commune", "1;;1;;Rue inventée;35000;35238;Rennes;1;2;-1.6;48.1;a;b;c", "adresses-with-ids-35.csv", "ban", None),
]  # fmt: skip
WRAPPINGS = ("plain", "bom", "gz", "zip")


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize(("header", "row", "name", "dataset", "vintage"), [case[1:] for case in COMPOSED], ids=[case[0] for case in COMPOSED])  # fmt: skip
def test_family_and_vintage(
    tmp_path: Path, header: str, row: str, name: str, dataset: str, vintage: int, wrapping: str
) -> None:
    content = f"{header}\n{row}\n".encode("utf-8-sig" if wrapping == "bom" else "utf-8")
    if wrapping == "gz":
        put(tmp_path, f"{name}.gz", gzip.compress(content))
    elif wrapping == "zip":
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr(f"dossier/{name}", content)
        put(tmp_path, "telechargement.zip", made.getvalue())
    else:
        put(tmp_path, name, content)
    file = only(tmp_path)
    assert (file.dataset, file.vintage) == (dataset, vintage)
    cells = read_columns(file)
    assert list(cells.columns) == header.replace(",", ";").split(";")
    assert cells.iloc[0].tolist()[0] == row.replace(",", ";").split(";")[0]


def test_employment_zones_in_their_zip(tmp_path: Path) -> None:
    """``ZE2020_au_01-01-2026.zip``: a workbook whose header is on line 6, a sheet of zones before."""
    communes = [
        ["Composition communale des zones d’emploi 2020"],
        ["Géographie au 01/01/2026"],
        ["Mise en ligne le 12/06/2027"],
        [],
        ["Code commune", "Libellé", "Code zone", "Libellé zone"],
        ["CODGEO", "LIBGEO", "ZE2020", "LIBZE2020"],
        ["35238", "Rennes", "5315", "Rennes"],
        ["2A004", "Ajaccio", "9401", "Ajaccio"],
        ["01001", "L’Abergement-Clémenciat", "8405", "Bourg-en-Bresse"],
    ]
    zones = [["Zones d’emploi 2020"], ["ZE2020", "LIBZE2020", "NB_COM"], ["5315", "Rennes", "180"]]
    book = workbook({"ZE2020": zones, "Composition_communale": communes})
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("ZE2020_au_01-01-2026.xlsx", book)
    put(tmp_path, "ZE2020_au_01-01-2026.zip", made.getvalue())
    file = only(tmp_path)
    assert (file.dataset, file.vintage, file.header_line) == ("cog_ze", 2026, 5)
    table = read_columns(file, ["CODGEO", "ZE2020"])
    assert table.to_numpy().tolist() == [["35238", "5315"], ["2A004", "9401"], ["01001", "8405"]]


@pytest.mark.parametrize("upper", [False, True])
def test_the_grid_as_a_geopackage(tmp_path: Path, upper: bool) -> None:
    path = tmp_path / "carreaux_200m_2021_met.gpkg"
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(3035)
    layer = source.CreateLayer("carreaux_200m_met", crs, ogr.wkbPolygon)
    names = [name.upper() if upper else name for name in ("idcar_200m", "ind", "men", "men_pauv")]
    for name in names:
        kind = ogr.OFTString if name.lower().startswith("id") else ogr.OFTReal
        layer.CreateField(ogr.FieldDefn(name, kind))
    item = ogr.Feature(layer.GetLayerDefn())
    for name, value in zip(names, (SQUARE, 12.5, 5.0, 1.0)):
        item.SetField(name, value)
    corners = ", ".join(f"{x} {y}" for x, y in grid_square(SQUARE).ring)
    item.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON (({corners}))"))
    layer.CreateFeature(item)
    del item, layer, source
    file = only(tmp_path)
    assert (file.dataset, file.vintage, file.layer) == ("grille", 2021, "carreaux_200m_met")
    assert read_columns(file, [names[0]]).iloc[0, 0] == SQUARE


@pytest.mark.parametrize(
    ("identifier", "crs", "corner"),
    [
        (SQUARE, "EPSG:3035", (4252400, 2029800)),
        ("CRS5490RES200mN1620000E715200", "EPSG:5490", (715200, 1620000)),
        ("CRS2975RES200mN7643000E-2400", "EPSG:2975", (-2400, 7643000)),
    ],
)
def test_where_a_square_lies(identifier: str, crs: str, corner: tuple[int, int]) -> None:
    square = grid_square(identifier)
    assert (square.crs, square.side, square.ring[0]) == (crs, 200, corner)
    assert square.ring[2] == (corner[0] + 200, corner[1] + 200) and square.ring[-1] == corner


def test_a_square_is_where_the_producer_drew_it(real_data: Path) -> None:
    """Squares of Olemps drawn by Insee in Lambert-93: the corner of each is within a metre."""
    path = real_data / "grid" / "filosofi_2015_200m_olemps_12174.gpkg"
    if not path.is_file():
        pytest.skip(f"no {path.name} in {real_data}")
    grid, legal = osr.SpatialReference(), osr.SpatialReference()
    grid.ImportFromEPSG(3035)
    legal.ImportFromEPSG(2154)
    for crs in (grid, legal):
        crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    to_legal = osr.CoordinateTransformation(grid, legal)
    source = ogr.Open(str(path))
    drawn = 0
    for item in source.GetLayer(0):
        if not item.GetField("id_car2010"):
            continue  # added by whoever cut the file out
        ring = grid_square(item.GetField("id_car2010")).ring
        points = [to_legal.TransformPoint(*point)[:2] for point in ring[:4]]
        outline = item.GetGeometryRef()
        box = outline.GetEnvelope()
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        assert box == pytest.approx((west, east, south, north), abs=1.0)
        drawn += 1
    assert drawn > 50


@pytest.mark.parametrize("text", ["", "352380101", "CRS3035RES200mE4252400N2029800", SQUARE + "0x"])
def test_what_is_no_square_is_named(text: str) -> None:
    with pytest.raises(SourceError, match="is not the identifier"):
        grid_square(text)


#: Real files of the shared folder: path → family, vintage.
REAL = {
    "ban/adresses-93010_part.csv": ("ban", None),
    "caf/data_CAF_2020_IRIS.csv": ("caf_iris", 2020),
    "cog/iris_2021.csv": ("cog_iris", 2021),
    "cog/mouvements_communes_2024.csv": ("cog_mouvements", 2024),
    "cog/populations_legales_2021_communes.csv": ("populations_legales", 2021),
    "cog/table-appartenance-geo-communes-22.xlsx": ("cog_appartenance", 2022),
    "grid/filosofi_2015_200m_olemps_12174.gpkg": ("grille", 2015),
    "grid/filosofi_1km_35.geojson": ("grille", None),
    "insee/base_cc_comparateur_csv.zip": ("comparateur", 2018),
    "insee/dossier_complet_light_RP2022_sample_01.csv": ("rp_base_cc", 2022),
    "insee/filosofi/BASE_TD_FILO_DISP_IRIS_2019.csv": ("filosofi_iris", 2019),
    "qpv/DEMO_QPV_2022.csv": ("qpv_demographie", 2022),
    "qpv/IPRO_QPV_2022.csv": ("qpv_insertion", 2022),
    "qpv/REVN_QPV_2022.csv": ("qpv_revenus", 2022),
    "qpv/QPV_Rennes_2015.geojson": ("contours_qpv", 2015),
    "admin/contours_iris_67.gpkg": ("contours_iris", None),
}


def test_the_real_files(real_data: Path) -> None:
    found = {
        (file.path.relative_to(real_data).as_posix(), file.dataset): file.vintage
        for file in scan(real_data).files
    }
    missing = [path for path in REAL if not (real_data / path).is_file()]
    if missing:
        pytest.skip(f"not in {real_data}: {', '.join(missing)}")
    for path, (dataset, vintage) in REAL.items():
        assert found.get((path, dataset), "not recognised") == vintage, path
