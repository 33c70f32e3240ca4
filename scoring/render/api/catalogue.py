"""What data portals and search engines read: DCAT (by the European profile, DCAT-AP 3) and schema.org."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.model import Text
from scoring.render.api.documents import DESCRIPTIONS
from scoring.render.api.origin import LICENCE_URL, Origin
from scoring.render.api.package import FORMATS, File
from scoring.render.api.tables import tables

Linked = dict[str, Any]
_EU = "http://publications.europa.eu/resource/authority/"
_PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#", "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/", "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/", "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#", "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip
_LANGUAGES = [{"@id": f"{_EU}language/ARA"}, {"@id": f"{_EU}language/ENG"}]
_DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


def dcat(origin: Origin, files: Sequence[File]) -> Linked:
    """The catalogue with its one data set, and the API as a service."""
    at = origin.address
    dataset = {
        "@id": at("dcat.jsonld#dataset"), "@type": "dcat:Dataset", **_described(origin),
        "dcterms:identifier": at("index.json"), "dcat:landingPage": _page(f"{origin.base}en/data/"),
        "dcat:keyword": _keywords(origin), "dcat:theme": [{"@id": f"{_EU}data-theme/GOVE"}],
        "dcterms:accessRights": {"@id": f"{_EU}access-right/PUBLIC"}, "dcat:version": str(origin.view.as_of),
        "dcterms:spatial": [
            {"@type": "dcterms:Location", "skos:prefLabel": _both(name)} for name in _countries(origin)
        ],
        "dcterms:temporal": _temporal(origin),
        "dcat:contactPoint": {"@type": "vcard:Organization", "vcard:fn": origin.told("data_publisher").en,
                              "vcard:hasURL": {"@id": f"{origin.base}en/about/"}},
        "dcat:distribution": [_distribution(origin, file) for file in files],
    }  # fmt: skip
    service = {
        "@id": at("dcat.jsonld#service"), "@type": "dcat:DataService", "dcterms:title": _both(origin.name),
        "dcat:endpointURL": {"@id": at("index.json")}, "dcat:endpointDescription": {"@id": at("openapi.json")},
        "dcat:servesDataset": {"@id": dataset["@id"]}, "dcterms:license": _licence(),
    }  # fmt: skip
    return {
        "@context": _PREFIXES, "@id": at("dcat.jsonld#catalogue"), "@type": "dcat:Catalog", **_described(origin),
        "foaf:homepage": _page(origin.base), "dcterms:license": _licence(),
        "dcat:dataset": [dataset], "dcat:service": [service],
    }  # fmt: skip


def _described(origin: Origin) -> Linked:
    """What a catalogue and a data set both tell."""
    return {
        "dcterms:title": _both(origin.name), "dcterms:description": _both(origin.description),
        "dcterms:publisher": {"@id": f"{origin.base}#publisher", "@type": "foaf:Agent",
                              "foaf:name": _both(origin.told("data_publisher"))},
        "dcterms:language": _LANGUAGES, "dcterms:modified": _day(str(origin.view.as_of)),
    }  # fmt: skip


def _distribution(origin: Origin, file: File) -> Linked:
    form = FORMATS[file.kind]
    address = {"@id": origin.address(file.path)}
    return {
        "@id": origin.address(f"dcat.jsonld#{file.table}-{file.kind}"), "@type": "dcat:Distribution",
        "dcterms:title": _both(_title(origin, file)),
        "dcterms:description": _both(tables(origin.view)[file.table].about),
        "dcat:accessURL": address, "dcat:downloadURL": address, "dcterms:license": _licence(),
        "dcterms:format": {"@id": f"{_EU}file-type/{form.suffix.rpartition('.')[2].upper()}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{form.media}"},
        "dcatap:availability": {"@id": f"{_EU}planned-availability/AVAILABLE"},
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum", "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.checksum, "@type": "xsd:hexBinary"},
        },
        "dcterms:conformsTo": {"@id": origin.address(f"schemas/{file.table}.json"), "@type": "dcterms:Standard"},
    }  # fmt: skip


def _title(origin: Origin, file: File) -> Text:
    """A table's name and the way it is written in."""
    title, kind = tables(origin.view)[file.table].title, origin.told(f"data_{file.kind}")
    return Text(en=f"{title.en} ({kind.en})", ar=f"{title.ar} ({kind.ar})")


def _both(text: Text) -> list[Linked]:
    return [{"@value": text.en, "@language": "en"}, {"@value": text.ar, "@language": "ar"}]


def _keywords(origin: Origin) -> list[Linked]:
    told = origin.told("data_keywords")
    words = {"en": told.en.split(", "), "ar": told.ar.split("، ")}
    return [{"@value": word, "@language": code} for code, listed in words.items() for word in listed]


def _day(text: str) -> Linked:
    """A date as exact as it is known."""
    return {"@value": text, "@type": _DATES[len(text)]}


def _licence() -> Linked:
    return {"@id": LICENCE_URL, "@type": "dcterms:LicenseDocument"}


def _page(address: str) -> Linked:
    return {"@id": address, "@type": "foaf:Document"}


def _period(origin: Origin) -> tuple[str, str]:
    """From the oldest date that an item speaks of to the day of the data."""
    day = str(origin.view.as_of)
    return min((item.speaks_of for _, item in origin.view.items), default=day), day


def _temporal(origin: Origin) -> Linked:
    start, end = _period(origin)
    return {"@type": "dcterms:PeriodOfTime", "dcat:startDate": _day(start), "dcat:endDate": _day(end)}


def _countries(origin: Origin) -> list[Text]:
    """Names of the countries that agencies belong to."""
    found = sorted({agency.profile.country for agency in origin.view.dataset.agencies.values()})
    return [origin.view.named("countries", code) or Text(en=code, ar=code) for code in found]


def dataset(origin: Origin, files: Sequence[File]) -> Linked:
    """The data set as search engines look for it. Texts are plain, in both languages: they take no language marks."""
    name, words = origin.name, origin.told("data_keywords")
    publisher = {"@type": "Organization", "name": origin.told("data_publisher").en, "url": origin.base}
    return {
        "@context": "https://schema.org/", "@type": "Dataset", "@id": f"{origin.base}#data", "name": name.en,
        "alternateName": name.ar, "description": f"{origin.description.en}\n\n{origin.description.ar}",
        "url": f"{origin.base}en/data/", "identifier": origin.address("index.json"), "inLanguage": ["ar", "en"],
        "license": LICENCE_URL, "creator": publisher, "publisher": publisher, "isAccessibleForFree": True,
        "creditText": origin.attribution.en, "keywords": [*words.en.split(", "), *words.ar.split("، ")],
        "version": str(origin.view.as_of), "dateModified": str(origin.view.as_of),
        "temporalCoverage": "/".join(_period(origin)),
        "spatialCoverage": [{"@type": "Place", "name": c.en, "alternateName": c.ar} for c in _countries(origin)],
        "measurementTechnique": f"{origin.base}en/method/",
        "variableMeasured": [
            {"@type": "PropertyValue", "propertyID": id, "name": i.name.en, "alternateName": i.name.ar}
            for id, i in origin.view.indicators.items()
        ],
        "includedInDataCatalog": {"@type": "DataCatalog", "name": name.en, "url": origin.base},
        "distribution": [_download(origin, file) for file in files],
        "subjectOf": [{"@type": "DigitalDocument", "url": origin.address(path)} for path in DESCRIPTIONS.values()],
    }  # fmt: skip


def _download(origin: Origin, file: File) -> Linked:
    title = _title(origin, file)
    return {
        "@type": "DataDownload", "name": f"{title.en} · {title.ar}", "encodingFormat": FORMATS[file.kind].media,
        "contentUrl": origin.address(file.path), "contentSize": f"{file.size} B",
        "sha256": file.checksum,
    }  # fmt: skip
