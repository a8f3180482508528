"""A registry with `many` of everything, all published and all tied together, for pages that must not mind numbers."""

from tests import factories as make


def crowd(many: int) -> None:
    """One record of each noun to look at (public id `one`), with `many` around it."""
    region = make.RegionFactory()
    body = make.OrganisationFactory(published=True, public_id="one", name_fr="Groupe Un", region=region)
    programme = make.ProgrammeFactory(published=True, public_id="one", administrator=body)
    act = make.AnnouncementFactory(published=True, public_id="one", programme=programme, date="2022-04-20")
    project = make.ProjectFactory(published=True, public_id="one", organisation=body)
    source = make.SourceFactory(published=True, public_id="one")
    make.FigureFactory(published=True, programme=programme, source=source, measure="envelope", value="900000000")
    for number in range(many):
        _one_more(number, body, programme, act, project, source)


def _one_more(number, body, programme, act, project, source) -> None:
    public_id = "one" if number == 0 else f"one-{number}"
    recipient = body if number == 0 else make.OrganisationFactory(published=True, region=body.region, parent=body)
    make.OrganisationNameFactory(organisation=body)
    make.AnnouncementFactory(published=True, programme=programme, date="2021-05")
    make.ProgrammeFactory(published=True, parent=programme)
    grant = make.GrantFactory(
        published=True, public_id=public_id, recipient=recipient, programme=programme, announcement=act, funder=body
    )
    mine = make.GrantFactory(published=True, recipient=body, programme=programme, date=f"{1990 + number}")
    other = make.ProjectFactory(published=True, organisation=body)
    for funded in (project, other):
        make.GrantProjectFactory(grant=grant, project=funded)
        make.GrantProjectFactory(grant=mine, project=funded)
    cited = make.SourceFactory(published=True)
    for citing in (source, cited):
        make.CitationFactory(source=citing, grant=grant)
    subjects = {"organisation": body, "programme": programme, "announcement": act, "project": project}
    for kind, subject in subjects.items():
        make.CitationFactory(**{"source": cited, "grant": None, kind: subject})
        make.FigureFactory(**{"published": True, "programme": None, "source": cited, kind: subject})
    make.FigureFactory(published=True, programme=None, grant=grant, source=source)
    cumulative = {"scope": "cumulative", "as_of": f"{1991 + number}"}
    make.FigureFactory(published=True, programme=programme, source=source, **cumulative)
