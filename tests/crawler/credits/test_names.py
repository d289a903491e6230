"""People's names of many languages, and organisations that look like them."""

import pytest

from crawler.extraction.credits.names import person_name
from crawler.extraction.credits.runs import split_names, unglued

PEOPLE = """Yiswaree Palansamy;Nguyen Van Anh;Kim Min-ji;Abdul Rahman al-Rashid;Mohammed bin Salman;Ngozi Okonjo-Iweala
Amina J. Mohammed;Sigríður Hagalín;Øyvind Strømmen;Łukasz Żal;Čestmír Císař;Ștefan Bănică;José Luis Rodríguez Zapatero
João Pedro de Oliveira;Anne-Sophie d'Arcy;Marc Le Roux;Elena Dell'Acqua;Pieter van den Hoogenband;Karl-Theodor zu Guttenberg
J.R.R. Tolkien;W.E.B. Du Bois;Ta-Nehisi Coates;Siobhán Ní Bhriain;Rhys ap Gwilym;Robert Downey Jr.;S. Jaishankar;Ravi K
Siti Nurhaliza binti Tarudin;Gülşen Yılmaz;Peter Spiegel;Adam Post;Minh Do;Иван Петров;Γιώργος Παπαδόπουλος;יוסי כהן
محمد حسن;王小明;佐藤太郎;홍길동;अमित शर्मा"""
ORGANISATIONS = """Stadt Leipzig;Amnesty International;Universal Pictures;Deutsche Bahn;Bayern München;La Moncloa;Guardia Civil
Médecins Sans Frontières;Buckingham Palace;Scotland Yard;Berliner Zeitung;El País;O Globo;Corriere della Sera;Het Parool
Dagens Nyheter;Helsingin Sanomat;Gazeta Wyborcza;Times of India;Human Rights Watch;Rotes Kreuz;Royal Navy
Ulmer Pressebildagentur;Real Madrid;Porsche Motorsport;Redes Sociales;Arquivo Pessoal;Vigili del Fuoco;Kantonspolizei Zürich
Los Angeles Times;The Guardian;Staff;Reuters Photo;USA TODAY;TV Globo;Новая газета;新华网;3 March;jane@example.com"""


def entries(text):
    return [entry for line in text.splitlines() for entry in line.split(";")]


@pytest.mark.parametrize("name", entries(PEOPLE))
def test_a_person_is_told(name):
    assert person_name(name) == name


@pytest.mark.parametrize("name", entries(ORGANISATIONS))
def test_an_organisation_is_no_person(name):
    assert person_name(name) is None


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("SETH J. FRANTZMAN", "Seth J. Frantzman"),
        ("JOHN O'NEILL JR.", "John O'Neill Jr."),
        ("MARY-KATE MCCARTHY", "Mary-Kate McCarthy"),
        ("Dr. Jane Doe", "Jane Doe"),
        ("Staff Sgt. John Roe", "John Roe"),
        ("Jean DUPONT", "Jean Dupont"),
        ("LUDWIG VAN BEEKHOVEN", "Ludwig van Beekhoven"),
        ("Петров Иван", "Иван Петров"),
    ],
)
def test_names_come_in_normal_case_without_titles(printed, name):
    assert person_name(printed) == name


def test_names_without_separators_are_taken_apart():
    assert split_names("Anna Muster Max Beispiel Jan Michael Vogt") == [
        "Anna Muster",
        "Max Beispiel",
        "Jan Michael Vogt",
    ]
    assert split_names("Hannes P Albert") == ["Hannes P Albert"]


def test_glued_words_are_taken_apart():
    assert unglued("By Meg JamesStaff Writer") == "By Meg James | Staff Writer"
    assert unglued("Jane McDonald") == "Jane McDonald"
    assert unglued("Sandee LaMotte") == "Sandee LaMotte"
