def test_try():
    from pathlib import Path
    from collections import Counter
    from coodiag.tests.qgis import attacker_sheets as A, dossier_bytes as unpack
    from coodiag.tests.qgis.attacker import look
    from coodiag.tests.qgis.test_attacker import truth
    from coodiag.coodiag_plugin.qgis_bridge.establishments import read_establishments
    from coodiag.coodiag_plugin.qgis_bridge.prospects import client_table
    from coodiag.coodiag_plugin.zones.prospect_clients import Book
    from coodiag.coodiag_plugin.core.progress import Silent
    from coodiag.coodiag_plugin.analysis.disclosure import audit, tight
    from qgis.core import QgsVectorLayer
    import time, os
    D=Path(os.environ['DOS'])
    known=look(D)
    codes=[str(r['codgeo']) for r in unpack.rows(D/'diagnostic.gpkg','communes')]
    lim=A.capacities(D); print(len(lim), sum(lim.values()))
    facts,hidden=A.portfolio_facts(D,codes)
    pf=A.paradox_facts(D)
    print(len(facts),hidden,[(f.words,f.low) for f in pf])
    stock,_=read_establishments('/tmp/guard/pt/démonstration0/officiel',codes,progress=Silent())
    lay=QgsVectorLayer(str(D/'confidentiel/personnes.gpkg')+'|layername=clients','c','ogr')
    ct=client_table(lay,'EPSG:2154')
    found=set(Book.of(ct,stock).siret)-{''}
    mine=stock[stock.siret.isin(found)]
    m=Counter(mine.codgeo)
    b=truth(D,known.businesses)
    print('found',len(mine),'exceed',[(c,n,b['b',c],b['p',c]) for c,n in m.items() if n>b['b',c]])
    print('hidden b:',[(c,b['b',c],m[c]) for _,c in known.cells('b')])
    t=time.time()
    al=[*known.facts,*facts,*pf]
    try:
        r=audit(al,[*known.cells('b'),*hidden,*known.cells('n')])
    except ValueError as e:
        print(e); raise
    print('time',time.time()-t)
    for c in [*known.cells('b'),*hidden]:
        print(c,r[c],b.get(c))
    w=min(known.cells('n'),key=lambda c:r[c].width); print('n',w,r[w])
    t=time.time()
    cells=[A.key(c) for c in lim]
    r=audit(al,cells)
    low=[(c,r[c],lim[tuple(c[1].split('|'))]) for c in cells if r[c].low>=1]
    print('time',time.time()-t,'forced',len(low)); 
    for x in low[:40]: print(x)
    com={}
    from coodiag.coodiag_plugin.analysis.disclosure import exactly
    ex=[exactly({**{A.key(c):1.0 for c in lim if c[0]==code},('mc',code):-1.0},0) for code in codes]
    r=audit([*al,*ex],[('mc',c) for c in codes])
    print([(c,r['mc',c]) for c in codes if ('b',c) in known.cells('b') and (r['mc',c].low>0 or r['mc',c].width<4)])
