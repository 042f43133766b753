from coodiag.tests.qgis.test_online import online, rows, TABLES
def test_dump(online, demo_run):
    out=open('/tmp/suite/online.txt','w')
    for t,k in TABLES.items():
        a=rows(online.dossier,t,k); b=rows(demo_run.dossier,t,k)
        ca=set(next(iter(a.values()))); cb=set(next(iter(b.values())))
        out.write(f"{t}: keys {a.keys()==b.keys()}; missing online {sorted(x for x in cb-ca if not x.endswith('_etat'))}; more online {sorted(ca-cb)}\n")
        diff={}
        for key,row in b.items():
            for n in ca&cb:
                v,o=row[n],a[key][n]
                if v!=o and not(isinstance(v,float) and isinstance(o,float) and abs(v-o)<=1e-6*abs(o)): diff.setdefault(n,[]).append((key,o,v))
        for n,d in diff.items(): out.write(f"   {n}: {len(d)} {d[:3]}\n")
    import shutil
    shutil.copytree(online.dossier,'/tmp/suite/online_dossier',dirs_exist_ok=True); shutil.copytree(demo_run.dossier,'/tmp/suite/demo_dossier',dirs_exist_ok=True)
    out.write("\n".join(online.said)); out.close()
