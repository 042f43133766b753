<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
  <context>
    <name>Coodiag</name>
    <message>
      <source>%p%</source>
      <translation>%p %</translation>
    </message>
    <message>
      <source>&amp;Add</source>
      <translation>&amp;Ajouter</translation>
    </message>
    <message>
      <source>&amp;Back</source>
      <translation>&amp;Précédent</translation>
    </message>
    <message>
      <source>&amp;Begin a diagnosis</source>
      <translation>&amp;Commencer un diagnostic</translation>
    </message>
    <message>
      <source>&amp;Change and run again</source>
      <translation>&amp;Modifier et relancer</translation>
    </message>
    <message>
      <source>&amp;Crossed with</source>
      <translation>C&amp;roisé avec</translation>
    </message>
    <message>
      <source>&amp;Edit a profile…</source>
      <translation>&amp;Modifier un profil…</translation>
    </message>
    <message>
      <source>&amp;Empty what is ticked…</source>
      <translation>&amp;Vider ce qui est coché…</translation>
    </message>
    <message>
      <source>&amp;Figure on the map</source>
      <translation>C&amp;hiffre de la carte</translation>
    </message>
    <message>
      <source>&amp;Keep</source>
      <translation>&amp;Garder</translation>
    </message>
    <message>
      <source>&amp;Map</source>
      <translation>&amp;Carte</translation>
    </message>
    <message>
      <source>&amp;Name in files and links</source>
      <translation>&amp;Nom dans les fichiers et les liens</translation>
    </message>
    <message>
      <source>&amp;Next</source>
      <translation>&amp;Suivant</translation>
    </message>
    <message>
      <source>&amp;Next: {step}</source>
      <translation>&amp;Suivant : {step}</translation>
    </message>
    <message>
      <source>&amp;Open an existing dossier…</source>
      <translation>&amp;Ouvrir un dossier existant…</translation>
    </message>
    <message>
      <source>&amp;Remove</source>
      <translation>&amp;Retirer</translation>
    </message>
    <message>
      <source>&amp;Reset to defaults</source>
      <translation>&amp;Rétablir les valeurs par défaut</translation>
    </message>
    <message>
      <source>&amp;Review doubtful addresses…</source>
      <translation>&amp;Vérifier les adresses douteuses…</translation>
    </message>
    <message>
      <source>&amp;Run it again</source>
      <translation>&amp;Relancer le diagnostic</translation>
    </message>
    <message>
      <source>&amp;Stake of the synthesis that it answers</source>
      <translation>&amp;Enjeu de la synthèse auquel il répond</translation>
    </message>
    <message>
      <source>&amp;Start the diagnosis</source>
      <translation>&amp;Lancer le diagnostic</translation>
    </message>
    <message>
      <source>&amp;Stop</source>
      <translation>&amp;Arrêter</translation>
    </message>
    <message>
      <source>&amp;Tables to fill in…</source>
      <translation>&amp;Tableaux à remplir…</translation>
    </message>
    <message>
      <source>&amp;Territory of the diagnosis</source>
      <translation>&amp;Territoire du diagnostic</translation>
    </message>
    <message>
      <source>&amp;Title of the chapter</source>
      <translation>&amp;Titre du chapitre</translation>
    </message>
    <message>
      <source>&amp;Title, on the cover</source>
      <translation>&amp;Titre, sur la couverture</translation>
    </message>
    <message>
      <source>&amp;Title: the question that the page answers</source>
      <translation>&amp;Titre : la question à laquelle la page répond</translation>
    </message>
    <message>
      <source>&amp;Try on {count} rows</source>
      <translation>&amp;Essayer sur {count} lignes</translation>
    </message>
    <message>
      <source>&amp;What it shows</source>
      <translation>Ce &amp;qu’elle montre</translation>
    </message>
    <message>
      <source>(as recognised)</source>
      <translation>(tel que reconnu)</translation>
    </message>
    <message>
      <source>(no address)</source>
      <translation>(sans adresse)</translation>
    </message>
    <message>
      <source>(no remark)</source>
      <translation>(sans remarque)</translation>
    </message>
    <message>
      <source>(no title)</source>
      <translation>(sans titre)</translation>
    </message>
    <message>
      <source>(none)</source>
      <translation>(aucune)</translation>
    </message>
    <message>
      <source>(not found)</source>
      <translation>(non trouvée)</translation>
    </message>
    <message>
      <source>1 to 60 signs among a–z, 0–9 and _</source>
      <translation>De 1 à 60 signes parmi a–z, 0–9 et _</translation>
    </message>
    <message>
      <source>&lt;p&gt;A profile is the plan of a diagnosis: its chapters, its pages, the indicators, maps and charts of each. This writes a profile as a JSON file with one page per line. Edit it with a text editor (change a title, move or remove a page, add an indicator or a chapter), then give the file as Profile to the full diagnosis: project, atlas, tables and texts follow it.&lt;/p&gt;&lt;p&gt;Give the edited file here as Edited profile to have it checked as a run would: a slip is refused with its line, its place and what is wrong. The log lists the chapters and pages; the list of indicators holds every name that a profile may use.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Un profil est le plan d’un diagnostic : ses chapitres, ses pages, les indicateurs, cartes et graphiques de chacune. Ce traitement écrit un profil dans un fichier JSON, une page par ligne. Modifiez-le avec un éditeur de texte (changer un titre, déplacer ou retirer une page, ajouter un indicateur ou un chapitre), puis donnez le fichier comme « Profil » au diagnostic complet : projet, atlas, tableaux et textes le suivent.&lt;/p&gt;&lt;p&gt;Donnez ici le fichier modifié comme « Profil modifié » pour qu’il soit vérifié comme le ferait un lancement : une faute est refusée avec sa ligne, son emplacement et ce qui ne va pas. Le journal liste les chapitres et les pages ; la liste des indicateurs contient tous les noms qu’un profil peut employer.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Adds the corrections of an export to those that are there; of two for one address, the later one holds. A file with a line that is no correction is refused whole.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Ajoute les corrections d’un export à celles qui existent ; de deux pour une même adresse, la plus récente l’emporte. Un fichier dont une ligne n’est pas une correction est refusé en entier.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Asks the public services for the official data of a territory and keeps them as files in a folder. The algorithms that need official data then read that folder (DATA_FOLDER, with SOURCE set to folder): they work without network, and several runs share the same data. Beside each file stand where it comes from, its vintage, the day it was fetched and its licence.&lt;/p&gt;&lt;p&gt;What one service cannot give is said, and the rest is fetched all the same. A download that was cut is resumed where it stopped. Services are asked by the codes of the communes: nothing about a person is sent.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Demande aux services publics les données officielles d’un territoire et les garde, sous forme de fichiers, dans un dossier. Les traitements qui ont besoin de données officielles lisent ensuite ce dossier (DATA_FOLDER, avec SOURCE = folder) : ils fonctionnent sans réseau, et plusieurs traitements partagent les mêmes données. À côté de chaque fichier figurent sa provenance, son millésime, le jour où il a été récupéré et sa licence.&lt;/p&gt;&lt;p&gt;Ce qu’un service ne peut pas donner est signalé, et le reste est téléchargé quand même. Un téléchargement interrompu reprend où il s’est arrêté. Les services sont interrogés par les codes des communes : rien de ce qui touche à une personne n’est envoyé.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Builds the layer of the communes of a territory, and of its neighbours, from the public services (geo.api.gouv.fr and the Géoplateforme) or from a folder of official files as published (contours of communes, COG and EPCI tables; zipped or not, recognised by their headers). Codes of communes merged since are converted.&lt;/p&gt;&lt;p&gt;The layer comes in the legal projection of the territory (EPSG:2154 in mainland France), with the fields codgeo, nom, epci, nom_epci, dep, reg and role (territoire or voisin).&lt;/p&gt;</source>
      <translation>&lt;p&gt;Construit la couche des communes d’un territoire, et de ses voisines, à partir des services publics (geo.api.gouv.fr et la Géoplateforme) ou d’un dossier de fichiers officiels tels qu’ils sont publiés (contours des communes, tables du COG et des EPCI ; compressés ou non, reconnus à leurs en-têtes). Les codes des communes fusionnées depuis sont convertis.&lt;/p&gt;&lt;p&gt;La couche est dans la projection légale du territoire (EPSG:2154 en métropole), avec les champs codgeo, nom, epci, nom_epci, dep, reg et role (territoire ou voisin).&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Compares each zone with the territory: how many people of a kind per 100 of the base (population, households…) live in the communes or cells of the zone, and the index: 100 means as in the whole layer. Sums are made before rates.&lt;/p&gt;&lt;p&gt;With clients, a further profile tells in what kind of places they live: the mean of the rates of their places, from places with enough clients only. It describes the places, not the clients.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Compare chaque zone au territoire : combien de personnes d’une sorte pour 100 de la base (population, ménages…) habitent les communes ou les carreaux de la zone, et l’indice : 100 signifie comme dans l’ensemble de la couche. Les sommes sont faites avant les taux.&lt;/p&gt;&lt;p&gt;Avec des clients, un profil supplémentaire dit dans quelle sorte de lieux ils habitent : la moyenne des taux de leurs lieux, parmi les seuls lieux qui comptent assez de clients. Il décrit les lieux, pas les clients.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Computes the indicators of a profile for each commune of a layer and for its references (the territory, its EPCI, département, région, France) from the services of Insee and others or from a folder of official statistics as published. For each indicator the newest vintage that covers the communes is taken; a ratio never mixes years unless the catalogue says so.&lt;/p&gt;&lt;p&gt;Each figure has two fields: its number, and its state in &lt;i&gt;name&lt;/i&gt;_etat (connu, absent, secret, sans_objet, echec). The ratio of a group of communes is the sum of the numerators over the sum of the denominators; published medians are never recomputed.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Calcule les indicateurs d’un profil pour chaque commune d’une couche et pour ses références (le territoire, ses EPCI, département, région, France), à partir des services de l’Insee et d’autres producteurs ou d’un dossier de statistiques officielles telles qu’elles sont publiées. Pour chaque indicateur, le millésime le plus récent qui couvre les communes est retenu ; un ratio ne mélange jamais les années, sauf si le catalogue le prévoit.&lt;/p&gt;&lt;p&gt;Chaque chiffre a deux champs : son nombre, et son état dans &lt;i&gt;nom&lt;/i&gt;_etat (connu, absent, secret, sans_objet, echec). Le ratio d’un groupe de communes est la somme des numérateurs rapportée à la somme des dénominateurs ; les médianes publiées ne sont jamais recalculées.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Counts the points in each commune and relates them to a target of the commune: households, job seekers, establishments… The rate is per 100 targets, with its 95 % interval (Wilson), the rate drawn towards the territory's when the commune is small (shrunk, empirical Bayes), and the index: 100 means as many as the target leads to expect. share is the part of all points that the commune holds.&lt;/p&gt;&lt;p&gt;Counts from 1 to the least count minus one are hidden, with every figure that follows from them, and as many other communes as it takes so that the total does not give them away. A rate on fewer than 30 targets that does not differ from the territory's is marked n.s. Each figure has a second column, ending in _etat, that says whether it is known, secret, absent or not applicable.&lt;/p&gt;&lt;p&gt;On demand, the typology of recruitment: where the need for work is marked, is it reached, and if not, is the nearest site distant, or near? It takes the points for the beneficiaries and the unemployed of the communes for the targets. Its rules, in the catalogue, are told in the log.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Compte les points de chaque commune et les rapporte à une cible de la commune : ménages, demandeurs d’emploi, établissements… Le taux est donné pour 100 unités de la cible, avec son intervalle à 95 % (Wilson), le taux rapproché de celui du territoire lorsque la commune est petite (shrunk, Bayes empirique), et l’indice : 100 signifie autant que la cible le laisse attendre. share est la part de tous les points que compte la commune.&lt;/p&gt;&lt;p&gt;Les effectifs de 1 jusqu’au dernier en dessous du seuil sont masqués, avec tous les chiffres qui en découlent, et avec autant d’autres communes qu’il en faut pour que le total ne les trahisse pas. Un taux qui porte sur moins de 30 unités et ne se distingue pas de celui du territoire est marqué n.s. Chaque chiffre a une seconde colonne, terminée par _etat, qui dit s’il est connu, secret, absent ou sans objet.&lt;/p&gt;&lt;p&gt;Sur demande, la typologie du recrutement : là où le besoin d’emploi est marqué, est-il touché, et sinon, le site le plus proche est-il éloigné, ou proche ? Elle tient les points pour les bénéficiaires et prend pour cible les chômeurs des communes. Ses règles, dans le catalogue, sont dites dans le journal.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Draws lines between the places where people live and those where they work, from a table of flows such as the mobility file of Insee (FLOWS), or between the communes where located people live and their site (POINTS). Each line has its count, its shares of all, of its origin and of its destination, the opposite flow and the difference. The log and FIGURES tell the commuting figures of the zone: stable people (who live and work in it) over employed residents, inflow, outflow, jobs for 100 employed residents.&lt;/p&gt;&lt;p&gt;Flows under the least count are hidden, and as many others as it takes so that none can be found from the sums of its origin, of its destination or of all. Flows hidden and flows that do not exist are both left out. Each figure has a second column, ending in _etat: known, secret, not applicable.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Trace des lignes entre les lieux où des personnes habitent et ceux où elles travaillent, à partir d’une table de flux comme le fichier des mobilités de l’Insee (FLOWS), ou entre les communes où habitent des personnes localisées et leur site (POINTS). Chaque ligne a son effectif, sa part du total, de son origine et de sa destination, le flux inverse et la différence. Le journal et FIGURES donnent les chiffres domicile–travail de la zone : les stables (qui habitent et travaillent dans la zone) rapportés aux actifs occupés résidents, les entrants, les sortants, les emplois pour 100 actifs occupés résidents.&lt;/p&gt;&lt;p&gt;Les flux sous l’effectif minimal sont masqués, avec autant d’autres qu’il en faut pour qu’aucun ne se retrouve à partir des sommes de son origine, de sa destination ou de l’ensemble. Les flux masqués et les flux qui n’existent pas sont absents les uns comme les autres. Chaque chiffre a une seconde colonne, terminée par _etat : connu, secret, sans objet.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Draws the zones that hold 60, 80 and 95 % (or other shares) of the clients, or of a weight such as turnover or hours. Clients are ranked by travel time from their site, by distance as the crow flies, or by the share of their commune; equal clients enter together. The table gives the share actually held, the number of clients, the reach of the last one and the number of outliers left out. Where zones are made of communes, a client counts at the middle of the commune: whole communes enter, and the share is that of the zone as drawn.&lt;/p&gt;&lt;p&gt;A zone that adds fewer clients than the least count keeps its row, without figure and without shape. Unless told otherwise, shapes are generalised so that no vertex of them is the place of a client, reaches are rounded up, and no figure is told from which a handful of clients could be worked out. The log counts everything and is for internal use.&lt;/p&gt;&lt;p&gt;On demand: mean and median centre, standard distance and ellipse, desire lines, the ring within which most of the observed clients live (a forecast, never in the legend of the measured zones), and the clients left out.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Dessine les zones qui réunissent 60, 80 et 95 % (ou d’autres parts) des clients, ou d’un poids comme le chiffre d’affaires ou les heures. Les clients sont rangés selon le temps de trajet depuis leur site, la distance à vol d’oiseau ou la part de leur commune ; les clients à égalité entrent ensemble. La table donne la part réellement atteinte, le nombre de clients, la portée du dernier et le nombre de clients très éloignés laissés de côté. Quand les zones sont faites de communes, un client compte au milieu de sa commune : les communes entrent entières, et la part est celle de la zone telle qu’elle est dessinée.&lt;/p&gt;&lt;p&gt;Une zone qui ajoute moins de clients que l’effectif minimal garde sa ligne, sans chiffre ni forme. Sauf demande contraire, les formes sont généralisées pour qu’aucun de leurs sommets ne soit l’emplacement d’un client, les portées sont arrondies au-dessus, et aucun chiffre dont une poignée de clients pourrait se déduire n’est donné. Le journal compte tout et est réservé à l’usage interne.&lt;/p&gt;&lt;p&gt;Sur demande : centres moyen et médian, distance type et ellipse, lignes de désir, anneau dans lequel habitent la plupart des clients observés (une prévision, jamais dans la légende des zones mesurées), et clients laissés de côté.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Draws, around each point, the area that can be reached within given times or distances. With the engines roads and pgrouting everything is computed on this machine or in your database: no point is sent anywhere.&lt;/p&gt;&lt;p&gt;The road layer may be BD TOPO (fields nature, sens_de_circulation, vitesse_moyenne_vl), OpenStreetMap (highway, oneway, maxspeed) or any lines, then taken at one speed that the log states. A polygon holds the places within 500 m of a road whose time from door to door is within the value, the legs off the road being walked at 4 km/h; holes under 10 hectares (HOLES) are filled, and detached parts under 1 hectare are left out.&lt;/p&gt;&lt;p&gt;The fields inside_error and outside_error give the share of sampled places that lie on the wrong side, in per cent: re-timed on the same graph for roads and pgrouting, by the same server for valhalla. They stay empty for geoplateforme and openrouteservice, which do not time places, and for merged areas of a service.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Dessine, autour de chaque point, la surface accessible en un temps ou à une distance donnés. Avec les moteurs roads et pgrouting, tout est calculé sur cette machine ou dans votre base de données : aucun point n’est envoyé où que ce soit.&lt;/p&gt;&lt;p&gt;La couche de routes peut être la BD TOPO (champs nature, sens_de_circulation, vitesse_moyenne_vl), OpenStreetMap (highway, oneway, maxspeed) ou des lignes quelconques, alors parcourues à une seule vitesse que le journal indique. Un polygone contient les lieux situés à moins de 500 m d’une route et dont le temps de porte à porte ne dépasse pas la valeur, les parties hors route étant faites à pied à 4 km/h ; les trous de moins de 10 hectares (HOLES) sont comblés, et les parties détachées de moins d’un hectare sont laissées de côté.&lt;/p&gt;&lt;p&gt;Les champs inside_error et outside_error donnent la part, en %, des lieux échantillonnés qui se trouvent du mauvais côté : leur temps est recalculé sur le même graphe pour roads et pgrouting, par le même serveur pour valhalla. Ils restent vides pour geoplateforme et openrouteservice, qui ne donnent pas le temps d’un lieu, et pour les surfaces réunies d’un service.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Finds, among the establishments within reach of the sites, those of the activities and sizes that the clients have more than the others, leaves out the clients, the structure and the establishments with partial diffusion, and scores the rest from 0 to 100. The score is the product of the lift of the activity, the lift of the size, a decay with time or distance (one half at the clients' median) and what the commune has left to offer. Each prospect carries its reason in words (in French).&lt;/p&gt;&lt;p&gt;The log tells how steady the ranking is when a weight moves by 20 %, and a back-test on hidden clients. Zones are the communes, or hexagons of 1 km without a layer of communes.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Trouve, parmi les établissements à portée des sites, ceux dont l’activité et la taille sont plus fréquentes chez les clients qu’ailleurs, laisse de côté les clients, la structure et les établissements à diffusion partielle, et note les autres de 0 à 100. Le score est le produit de la surreprésentation de l’activité, de celle de la taille, d’une décroissance avec le temps ou la distance (un demi à la médiane des clients) et de ce que la commune peut encore offrir. Chaque prospect porte sa raison en toutes lettres (en français).&lt;/p&gt;&lt;p&gt;Le journal dit si le classement est stable quand un poids varie de 20 %, et donne une épreuve sur des clients cachés. Les zones sont les communes, ou des hexagones de 1 km sans couche de communes.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;For the head of a network: a full diagnosis for each row of a table of structures, one dossier each, and their summary. The batch file holds the same rows: open it in the batch window of Full diagnosis to take one up again with other values.&lt;/p&gt;&lt;p&gt;What is given here holds for all; a column of the table of the same name takes its place. Rows that were made before from the same files are left as they are.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Pour une tête de réseau : un diagnostic complet pour chaque ligne d’un tableau de structures, un dossier pour chacune, et leur bilan. Le fichier de lot porte les mêmes lignes : ouvrez-le dans la fenêtre de traitement par lot de Diagnostic complet pour en reprendre une avec d’autres valeurs.&lt;/p&gt;&lt;p&gt;Ce qui est donné ici vaut pour toutes ; une colonne du tableau de même nom prend sa place. Les lignes déjà établies avec les mêmes fichiers sont laissées telles quelles.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;From a territory code and the structure's own spreadsheets to a dossier: located clients and beneficiaries (kept apart, confidential), official statistics, catchment and prospection zones, the recruitment crossing, a styled project, an atlas ready to print, a report to edit, a report for a browser, the slides of the restitution, a two-page summary and a workbook of every figure.&lt;/p&gt;&lt;p&gt;Official data come from the public services (IGN, Insee, Sirène, Dares, Caf, BAN…) or from a folder of files as published, zipped or not, recognised by their headers: commune contours, COG and EPCI tables, census, Filosofi, Sirène stock, BAN addresses, a road layer. The services are asked for the territory by its codes; nothing of the structure's files is sent to them, unless SERVICE is an online geocoder: it then receives the addresses, and nothing else. What is missing is said in the journal and on the pages; nothing is invented.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Du code d’un territoire et des tableurs de la structure à un dossier : clients et bénéficiaires localisés (à part, confidentiels), statistiques officielles, zones de chalandise et de prospection, croisement du recrutement, projet mis en forme, atlas prêt à imprimer, rapport à compléter, rapport pour navigateur, diapositives de la restitution, synthèse de deux pages et classeur de tous les chiffres.&lt;/p&gt;&lt;p&gt;Les données officielles viennent des services publics (IGN, Insee, Sirène, Dares, Caf, BAN…) ou d’un dossier de fichiers tels qu’ils sont publiés, compressés ou non, reconnus à leurs en-têtes : contours des communes, tables du COG et des EPCI, recensement, Filosofi, stock Sirène, adresses de la BAN, couche de routes. Les services sont interrogés sur le territoire par ses codes ; rien des fichiers de la structure ne leur est envoyé, sauf si SERVICE est un géocodeur en ligne : il reçoit alors les adresses, et rien d’autre. Ce qui manque est dit dans le journal et sur les pages ; rien n’est inventé.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;From the code or the name of a territory to a styled layer of figures: its communes, the indicators of a profile with their references and sources, and one of them shaded or drawn as circles by the rules of the catalogue.&lt;/p&gt;&lt;p&gt;The other indicators are in the same layer: style it again with “Style a layer of figures”.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Du code ou du nom d’un territoire à une couche de chiffres mise en forme : ses communes, les indicateurs d’un profil avec leurs références et leurs sources, et l’un d’eux en aplats ou en cercles selon les règles du catalogue.&lt;/p&gt;&lt;p&gt;Les autres indicateurs sont dans la même couche : remettez-la en forme avec « Mettre en forme une couche de chiffres ».&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;From the structure's own spreadsheets and a layer of communes to three maps: the clients are read and located, the zones that hold 60, 80 and 95 % of them are drawn around the sites, and the clients of each commune are related to a target such as its households.&lt;/p&gt;&lt;p&gt;The communes come for example from “Communes of a territory” then “Indicators of a territory”. Located clients are persons: keep this layer to yourself. Zones and coverage hide small counts.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Des tableaux de la structure et d’une couche de communes à trois cartes : les clients sont lus et localisés, les zones qui en réunissent 60, 80 et 95 % sont tracées autour des sites, et les clients de chaque commune sont rapportés à une cible telle que ses ménages.&lt;/p&gt;&lt;p&gt;Les communes viennent par exemple de « Communes d’un territoire » puis de « Indicateurs d’un territoire ». Les clients localisés sont des personnes : gardez cette couche pour vous. Les zones et la pénétration masquent les petits effectifs.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Gathers the places that matter around an inclusion enterprise: inclusion enterprises by type, sheltered and adapted workshops, France services, France Travail, missions locales, CCAS, Cap emploi, PLIE, CAF, CPAM, training, childcare, railway stations. They come from the Base permanente des équipements (BPE), data·inclusion, les emplois de l’inclusion, the list of France services houses and Sirène; a place that several sources have is one row, and the field source names them. The BPE is a file to put in the data folder: no service gives it place by place, so stations and what only the BPE knows are missing without it.&lt;/p&gt;&lt;p&gt;Places of organisations only: neither persons, contacts nor addresses. A place without a point keeps its row without geometry. The field quality tells how precise the point is: bonne, acceptable, inconnue, approchee, or commune (placed at the commune).&lt;/p&gt;</source>
      <translation>&lt;p&gt;Réunit les lieux qui comptent autour d’une structure d’insertion : structures d’insertion par type, entreprises adaptées et ESAT, France services, France Travail, missions locales, CCAS, Cap emploi, PLIE, CAF, CPAM, formation, petite enfance, gares. Ils viennent de la Base permanente des équipements (BPE), de data·inclusion, des emplois de l’inclusion, de la liste des espaces France services et de Sirène ; un lieu présent dans plusieurs sources ne fait qu’une ligne, et le champ source les nomme.&lt;/p&gt;&lt;p&gt;Lieux d’organismes seulement : ni personnes, ni contacts, ni adresses. Un lieu sans point garde sa ligne, sans géométrie. Le champ quality dit la précision du point : bonne, acceptable, inconnue, approchee, ou commune (placé à la commune).&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Gives the figures of any polygons (isochrones, catchment zones, priority neighbourhoods…) from the indicators of communes or IRIS, or from the squares of Insee's grid. Counts are summed by the share of each part that lies in the zone; rates are recomputed as a sum of numerators over a sum of denominators, never as a mean of rates; medians are not recomputed.&lt;/p&gt;&lt;p&gt;Each figure has a column ending in _etat (known, absent, secret, not applicable: one part that is secret makes the sum secret) and one ending in _part, the share of the zone that is known. Zones of fewer than 11 households of the grid, or fewer people than the least count, are hidden, and so is a ring that adds so few to a smaller one. coverage is the share of the surface of the zone that the indicators cover; imputed is the share of the people in squares that Insee estimated.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Donne les chiffres de polygones quelconques (isochrones, zones de chalandise, quartiers prioritaires…) à partir des indicateurs des communes ou des IRIS, ou des carreaux de la grille de l’Insee. Les effectifs sont additionnés selon la part de chaque partie qui se trouve dans la zone ; les taux sont recalculés comme une somme de numérateurs rapportée à une somme de dénominateurs, jamais comme une moyenne de taux ; les médianes ne sont pas recalculées.&lt;/p&gt;&lt;p&gt;Chaque chiffre a une colonne terminée par _etat (connu, absent, secret, sans objet : une seule partie secrète rend la somme secrète) et une terminée par _part, la part de la zone qui est connue. Les zones de moins de 11 ménages de la grille, ou de moins de personnes que l’effectif minimal, sont masquées, de même qu’un anneau qui en ajoute aussi peu à un plus petit. coverage est la part de la surface de la zone que couvrent les indicateurs ; imputed est la part des personnes qui habitent des carreaux estimés par l’Insee.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Grows a ring around each site, in minutes or kilometres, until it holds a target: so many inhabitants, households, job seekers… of a layer of communes, grid cells or points. The ring is found exactly, without trial rings: places are ranked by their cost from the site and summed up, places at the same cost together. The value really met, its gap to the target and the reach are in the table.&lt;/p&gt;&lt;p&gt;These are forecast areas (kind is prévue): they say what a ring holds, not where clients come from, and have no place in the legend of the measured zones.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Agrandit un anneau autour de chaque site, en minutes ou en kilomètres, jusqu’à ce qu’il réunisse une cible : tant d’habitants, de ménages, de demandeurs d’emploi… d’une couche de communes, de carreaux ou de points. L’anneau est trouvé exactement, sans anneaux d’essai : les lieux sont rangés selon leur coût depuis le site et additionnés, les lieux de même coût ensemble. La valeur réellement atteinte, son écart à la cible et la portée sont dans la table.&lt;/p&gt;&lt;p&gt;Ce sont des zones prévues (kind vaut prévue) : elles disent ce qu’un anneau contient, pas d’où viennent les clients, et n’ont pas leur place dans la légende des zones mesurées.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Locates rows by their address. &lt;i&gt;offline&lt;/i&gt;: from files of the Base Adresse Nationale (BAN) kept on this machine, and nothing leaves it. &lt;i&gt;geoplateforme&lt;/i&gt; and &lt;i&gt;addok&lt;/i&gt;: a service proposes and Coodiag judges; it receives the number, the street, the postcode and the commune of each different address, under an identifier without meaning, and no other column; how many it will receive is said before. Each address is looked for inside its commune or postcode, tolerant to typing errors, abbreviations and missing parts, at the house number, else the street, else the lieu-dit, else the commune.&lt;/p&gt;&lt;p&gt;No row is lost: OUTPUT and FAILED together are INPUT. &lt;i&gt;geo_status&lt;/i&gt; says the level reached, &lt;i&gt;geo_score&lt;/i&gt; how sure it is, &lt;i&gt;geo_gap&lt;/i&gt; how far the next possible street is, &lt;i&gt;geo_note&lt;/i&gt; what was doubtful. A street below MIN_SCORE, or one of several of the same name, is not guessed.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Localise des lignes par leur adresse. &lt;i&gt;offline&lt;/i&gt; : à partir de fichiers de la Base Adresse Nationale (BAN) conservés sur cette machine, et rien n’en sort. &lt;i&gt;geoplateforme&lt;/i&gt; et &lt;i&gt;addok&lt;/i&gt; : un service propose et Coodiag juge ; il reçoit le numéro, la voie, le code postal et la commune de chaque adresse différente, sous un identifiant sans signification, et aucune autre colonne ; le nombre d’adresses envoyées est dit avant. Chaque adresse est cherchée dans sa commune ou son code postal, malgré les fautes de frappe, les abréviations et les parties manquantes, au numéro, à défaut à la voie, à défaut au lieu-dit, à défaut à la commune.&lt;/p&gt;&lt;p&gt;Aucune ligne n’est perdue : OUTPUT et FAILED réunis donnent INPUT. &lt;i&gt;geo_status&lt;/i&gt; dit le niveau atteint, &lt;i&gt;geo_score&lt;/i&gt; le degré de certitude, &lt;i&gt;geo_gap&lt;/i&gt; l’écart avec la voie possible suivante, &lt;i&gt;geo_note&lt;/i&gt; ce qui était douteux. Une voie sous MIN_SCORE, ou l’une de plusieurs voies du même nom, n’est pas devinée.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Makes a dossier again from its run file (coodiag.json): same territory, same profile, same thresholds, and the same files of the structure, found by their contents (SHA-256) whatever their names are now. A file that is not found, or has changed, is refused by its role.&lt;/p&gt;&lt;p&gt;With the same official data the dossier is the same, page for page. With those of another year it is that of another year: the log says which official files and which counts differ.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Refait un dossier d’après son fichier de lancement (coodiag.json) : même territoire, même profil, mêmes seuils, et les mêmes fichiers de la structure, retrouvés par leur contenu (SHA-256) quel que soit leur nom aujourd’hui. Un fichier introuvable, ou qui a changé, est refusé et désigné par son rôle.&lt;/p&gt;&lt;p&gt;Avec les mêmes données officielles, le dossier est le même, page pour page. Avec celles d’une autre année, c’est celui d’une autre année : le journal dit quels fichiers officiels et quels effectifs diffèrent.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Makes a full diagnosis for each row of a table of structures, one dossier each. A row that cannot be made is told with its reason, and the others go on. The summary has a row per structure: &lt;i&gt;status&lt;/i&gt; is fait (made), deja_fait (left as it is) or refuse (refused, with &lt;i&gt;reason&lt;/i&gt;).&lt;/p&gt;&lt;p&gt;A dossier that was made before from the same files and parameters is left as it is: after a refusal is mended or a run was cancelled, run again with the same folder and only the rest is made. Each dossier keeps the persons of its structure apart, in its own &lt;i&gt;confidentiel&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Établit un diagnostic complet pour chaque ligne d’un tableau de structures, un dossier pour chacune. Une ligne qui ne peut aboutir est signalée avec sa raison, et les autres continuent. Le bilan a une ligne par structure : &lt;i&gt;status&lt;/i&gt; vaut fait, deja_fait (laissé tel quel) ou refuse (refusé, avec la raison dans &lt;i&gt;reason&lt;/i&gt;).&lt;/p&gt;&lt;p&gt;Un dossier déjà établi avec les mêmes fichiers et les mêmes paramètres est laissé tel quel : une fois un refus corrigé, ou après une annulation, relancez avec le même dossier de sortie et seul le reste est établi. Chaque dossier garde à part les personnes de sa structure, dans son propre &lt;i&gt;confidentiel&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Maps one field of a polygon layer as a professional would: rates, shares and indices are shaded with rounded classes, none of them empty; counts become proportional circles that cover at most a seventh of the area; texts become a typology of at most seven hues. Figures that are secret, missing or zero each have a box of their own in the legend.&lt;/p&gt;&lt;p&gt;The method &lt;i&gt;auto&lt;/i&gt; looks at the distribution: quantiles with detached extremes or a geometric progression when it is skewed, mean and standard deviation when it is symmetric, else Fisher. Colours are safe for colour blindness and grey printing.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Cartographie un champ d’une couche de polygones comme le ferait un professionnel : les taux, parts et indices sont représentés par des plages de couleur, en classes arrondies dont aucune n’est vide ; les effectifs deviennent des cercles proportionnels qui couvrent au plus un septième de la surface ; les textes deviennent une typologie d’au plus sept teintes. Les chiffres secrets, manquants ou nuls ont chacun leur case dans la légende.&lt;/p&gt;&lt;p&gt;La méthode &lt;i&gt;auto&lt;/i&gt; regarde la distribution : quantiles à extrêmes détachés ou progression géométrique lorsqu’elle est dissymétrique, moyenne et écart type lorsqu’elle est symétrique, Fisher sinon. Les couleurs restent lisibles en cas de daltonisme et en impression grise.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Measures the access of each place (commune, grid cell, address) to a supply: services, jobs, places of care… &lt;b&gt;hansen&lt;/b&gt;: the sum of the capacities, each lowered by the time it takes to reach it. &lt;b&gt;2sfca&lt;/b&gt;: the capacity of each supply is divided by the people within its reach, then each place adds up what the supplies within its own reach offer. &lt;b&gt;e2sfca&lt;/b&gt;: the same, with three bands of 10 minutes that weigh 1, 0.68 and 0.22 (Luo and Qi, 2009). &lt;b&gt;apl&lt;/b&gt;: the bands of the French indicator of access to care, 10, 15 and 20 minutes, that weigh 1, 2/3 and 1/3, on the population as given (the official figure weighs it by age). Whatever is there is shared out: people × access adds up to the capacities, and the log tells it.&lt;/p&gt;&lt;p&gt;Times are those of the trip to the supply, by road when ROADS is given; without roads they are kilometres as the crow flies. A capacity or a population that is absent or secret is left out, never counted as zero, and the log says how many. A place that reaches nothing has no figure (NULL) and a note that says so. The output keeps the rows of DEMAND: when these are persons, it is for internal use.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Mesure l’accès de chaque lieu (commune, carreau, adresse) à une offre : services, emplois, lieux de soins… &lt;b&gt;hansen&lt;/b&gt; : la somme des capacités, chacune diminuée selon le temps qu’il faut pour l’atteindre. &lt;b&gt;2sfca&lt;/b&gt; : la capacité de chaque offre est divisée par les personnes à sa portée, puis chaque lieu additionne ce que donnent les offres à sa propre portée. &lt;b&gt;e2sfca&lt;/b&gt; : de même, avec trois tranches de 10 minutes qui pèsent 1 ; 0,68 et 0,22 (Luo et Qi, 2009). &lt;b&gt;apl&lt;/b&gt; : les tranches de l’indicateur français d’accès aux soins, 10, 15 et 20 minutes, qui pèsent 1, 2/3 et 1/3, sur la population telle qu’elle est donnée (le chiffre officiel la pondère par l’âge). Tout ce qui existe est réparti : la somme de personnes × accès redonne les capacités, et le journal le dit.&lt;/p&gt;&lt;p&gt;Les temps sont ceux du trajet vers l’offre, par la route si ROADS est donné ; sans routes, ce sont des kilomètres à vol d’oiseau. Une capacité ou une population absente ou secrète est laissée de côté, jamais comptée pour zéro, et le journal dit combien le sont. Un lieu qui n’atteint rien n’a pas de chiffre (NULL) et porte une note qui le dit. La sortie garde les lignes de DEMAND : si ce sont des personnes, elle est réservée à l’usage interne.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Measures, from where people live, the time to the nearest site of the structure and to the nearest cluster of jobs, by car and by the ways of people without a car: bicycle, foot, and walking to the nearest stop where a layer of stops is given. Without timetables the latter is access to a stop, not a journey. The output gives, by commune, the median time and the share of people within each number of minutes; the log tells those of all.&lt;/p&gt;&lt;p&gt;Shares of communes with few people, or that would tell of few people, are hidden, with as many others as it takes so that the share of all does not give them away. The fields ending in _centre are times from the middle of the commune and speak of nobody.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Mesure, depuis les lieux où des personnes habitent, le temps jusqu’au site de la structure le plus proche et jusqu’au pôle d’emplois le plus proche, en voiture et par les moyens des personnes sans voiture : à vélo, à pied, et à pied jusqu’à l’arrêt le plus proche si une couche d’arrêts est donnée. Sans horaires, ce dernier temps est l’accès à un arrêt, pas un trajet. La sortie donne, par commune, le temps médian et la part des personnes en deçà de chaque nombre de minutes ; le journal donne ceux de l’ensemble.&lt;/p&gt;&lt;p&gt;Les parts des communes de peu de personnes, ou qui parleraient de peu de personnes, sont masquées, avec autant d’autres qu’il en faut pour que la part de l’ensemble ne les trahisse pas. Les champs terminés par _centre sont des temps depuis le milieu de la commune et ne parlent de personne.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Prints the layouts of a dossier's project as one PDF, in their order, with the changes that you made to them in QGIS (texts, colours, scale…). The project and the layers are left as they are.&lt;/p&gt;&lt;p&gt;In another format than that of the layouts (A4 or A3), the pages are built anew from the figures of the dossier, and the changes made by hand are not on them. 16:9 prints the slides.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Imprime les mises en page du projet d’un dossier en un seul PDF, dans leur ordre, avec les changements que vous y avez faits dans QGIS (textes, couleurs, échelle…). Le projet et les couches restent comme ils sont.&lt;/p&gt;&lt;p&gt;Dans un autre format que celui des mises en page (A4 ou A3), les pages sont refaites d’après les chiffres du dossier, et les changements faits à la main n’y sont pas. 16:9 imprime les diapositives.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Ranks the communes (or cells) outside a core zone by how much they are like it: indicators are standardised, and the distance is the root mean square of the deviations from the core. Each one carries its reason in words (in French): the indicators that come nearest, and the one that differs most.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Classe les communes (ou les carreaux) situées hors d’une zone cœur selon leur ressemblance avec elle : les indicateurs sont centrés et réduits, et la distance est la moyenne quadratique des écarts à la zone cœur. Chacune porte sa raison en toutes lettres (en français) : les indicateurs les plus proches, et celui qui diffère le plus.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Reads a table of clients, beneficiaries or sites as a structure keeps it (csv, txt, xlsx, ods): encoding, separator and header row are found, columns are recognised by their French or English names, and the cells that spreadsheets damage are repaired (postcodes, SIRET, numbers, dates, accents).&lt;/p&gt;&lt;p&gt;Every repair, flag and refused row is a row of ISSUES. Rows without anything that locates them, totals and exact duplicates are left out: rows read = rows kept + rows refused + duplicates. ISSUES quotes cells: keep it with the personal data.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Lit un tableau de clients, de bénéficiaires ou de sites tel que la structure le tient (csv, txt, xlsx, ods) : l’encodage, le séparateur et la ligne d’en-tête sont trouvés, les colonnes sont reconnues à leur nom français ou anglais, et les cellules que les tableurs abîment sont réparées (codes postaux, SIRET, nombres, dates, accents).&lt;/p&gt;&lt;p&gt;Chaque réparation, chaque alerte et chaque ligne refusée est une ligne de ISSUES. Les lignes que rien ne permet de localiser, les totaux et les doublons exacts sont écartés : lignes lues = lignes retenues + lignes refusées + doublons. ISSUES cite des cellules : conservez-la avec les données personnelles.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Reads the active establishments of the communes from the Sirène register: from the services (API Sirène, Recherche d’entreprises), from Insee's stock files (StockEtablissement, and beside it StockUniteLegale and the geolocation file; zipped or not), from a geo_sirene extract, or from any extract that keeps Sirène's column names. The national files are never whole in memory: an ordinary computer can read them.&lt;/p&gt;&lt;p&gt;Establishments with partial diffusion keep their commune, activity and size only: they are counted, not drawn. The names of natural persons are never written. No address is written.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Lit les établissements actifs des communes dans le répertoire Sirène : auprès des services (API Sirène, Recherche d’entreprises), dans les fichiers du stock de l’Insee (StockEtablissement, et à côté StockUniteLegale et le fichier de géolocalisation ; compressés ou non), dans un extrait geo_sirene, ou dans tout extrait qui garde les noms de colonnes de Sirène. Les fichiers nationaux ne sont jamais entiers en mémoire : un ordinateur ordinaire peut les lire.&lt;/p&gt;&lt;p&gt;Les établissements à diffusion partielle ne gardent que leur commune, leur activité et leur taille : ils sont comptés, pas dessinés. Le nom d’une personne physique n’est jamais écrit. Aucune adresse n’est écrite.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Reads the answers of several respondents to a Cap self-evaluation and writes a radar, printed pages (PDF) and a workbook: scores by sub-theme and theme, where the respondents differ, a progress plan sorted by gap to the target × priority × weight, and what has changed since the last time. With three structures or more, a consolidation that names none of them.&lt;/p&gt;&lt;p&gt;Nothing tells who answered what: the spread of the answers and the scores of a function are shown from three respondents only. The objectives are Coodiag's own wording, not the grid of a federation: give your own grid in its place.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Lit les réponses de plusieurs répondants à une auto-évaluation Cap et écrit un radar, des pages imprimables (PDF) et un classeur : scores par sous-thème et par thème, points où les répondants divergent, plan de progrès classé par écart à la cible × priorité × poids, et ce qui a changé depuis la fois précédente. À partir de trois structures, une consolidation qui n’en nomme aucune.&lt;/p&gt;&lt;p&gt;Rien ne dit qui a répondu quoi : l’étendue des réponses et les scores d’une fonction ne sont montrés qu’à partir de trois répondants. Les objectifs sont une formulation propre à Coodiag, et non la grille d’une fédération : donnez votre propre grille à la place.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Shares the demand of each commune among the sites of the structure and its competitors (Huff, 1962): a site draws by its attraction to the power GAMMA, less and less with the time it takes to reach it (DECAY, LAMBDA). SHARES gives the probability and the expected flow of each commune and site; TOTALS what each site may expect; MARKET the share of the structure in each commune; BREAKS the points between two sites where both draw equally (Converse).&lt;/p&gt;&lt;p&gt;When observed clients are given (OBSERVED: points or a table, with the field that names their site), GAMMA and LAMBDA are estimated from them by maximum likelihood. The log tells the estimates, their standard errors and how much better than chance the model does; too few clients, or clients who cannot tell one exponent from another, are refused with the reason. Counts of clients below the least count are hidden. An unknown demand or attraction is left out and told, never counted as zero; a commune that reaches no site has no figure (NULL) and a note.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Répartit la demande de chaque commune entre les sites de la structure et ses concurrents (Huff, 1962) : un site attire selon son attraction à la puissance GAMMA, de moins en moins à mesure qu’augmente le temps pour l’atteindre (DECAY, LAMBDA). SHARES donne la probabilité et le flux attendu de chaque commune et de chaque site ; TOTALS ce que chaque site peut attendre ; MARKET la part de la structure dans chaque commune ; BREAKS les points entre deux sites où les deux attirent autant (Converse).&lt;/p&gt;&lt;p&gt;Si des clients observés sont donnés (OBSERVED : des points ou une table, avec le champ qui nomme leur site), GAMMA et LAMBDA sont estimés à partir d’eux par le maximum de vraisemblance. Le journal donne les estimations, leurs erreurs types et ce que le modèle fait de mieux que le hasard ; trop peu de clients, ou des clients qui ne permettent pas de distinguer un exposant de l’autre, sont refusés avec la raison. Les effectifs de clients sous l’effectif minimal sont masqués. Une demande ou une attraction inconnue est laissée de côté et signalée, jamais comptée pour zéro ; une commune qui n’atteint aucun site n’a pas de chiffre (NULL) et porte une note.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Writes a table of structures as a file of QGIS's batch window. Open Full diagnosis, choose “Run as batch process…”, then “Open” and this file: each structure is a row, whose values can still be changed before the run.&lt;/p&gt;&lt;p&gt;“Full diagnosis of several structures” makes the same dossiers without the window, and does not make again what is made. The file names the structure's files: keep it to yourself.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Écrit un tableau de structures comme un fichier de la fenêtre de traitement par lot de QGIS. Ouvrez Diagnostic complet, choisissez « Exécuter comme processus de lot… », puis « Ouvrir » et ce fichier : chaque structure est une ligne, dont les valeurs peuvent encore changer avant le lancement.&lt;/p&gt;&lt;p&gt;« Diagnostic complet de plusieurs structures » établit les mêmes dossiers sans cette fenêtre, et ne refait pas ce qui est fait. Le fichier nomme les fichiers de la structure : gardez-le pour vous.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Writes four workbooks that an analyst fills in and gives to Full diagnosis: a survey or interviews (enquete.xlsx), the actors of the territory (acteurs.xlsx), the action plan (plan_action.xlsx) and the analyst's own texts by page (textes.xlsx).&lt;/p&gt;&lt;p&gt;Each has a sheet « Lisez-moi » that explains its columns. The invented sample rows begin with « Exemple » and are ignored when the table is read. Tables of your own, csv or ods ones too, do as well: columns are recognised by their names.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Écrit quatre classeurs que l’analyste remplit et donne à « Diagnostic complet » : une enquête ou des entretiens (enquete.xlsx), les acteurs du territoire (acteurs.xlsx), le plan d’action (plan_action.xlsx) et les textes de l’analyste, page par page (textes.xlsx).&lt;/p&gt;&lt;p&gt;Chacun a une feuille « Lisez-moi » qui explique ses colonnes. Les lignes d’exemple, inventées, commencent par « Exemple » et sont ignorées à la lecture du tableau. Vos propres tableaux conviennent aussi, y compris en csv ou en ods : les colonnes sont reconnues à leur nom.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Writes the documents of the restitution from a dossier as it stands, with the changes that you made in QGIS to the maps of its project: a report to be edited (rapport.odt), a report for a browser (rapport.html), the workbook of every figure (indicateurs.xlsx), the slides (diaporama.pdf) and the two-page summary (synthese.pdf). The figures and texts are those of the diagnosis; nothing is computed again.&lt;/p&gt;&lt;p&gt;A report that you have edited is never overwritten: the new one takes a free name, such as rapport (2).odt.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Écrit les documents de la restitution d’après un dossier tel qu’il est, avec les changements que vous avez faits dans QGIS aux cartes de son projet : un rapport à compléter (rapport.odt), un rapport pour navigateur (rapport.html), le classeur de tous les chiffres (indicateurs.xlsx), les diapositives (diaporama.pdf) et la synthèse de deux pages (synthese.pdf). Les chiffres et les textes sont ceux du diagnostic ; rien n’est recalculé.&lt;/p&gt;&lt;p&gt;Un rapport que vous avez modifié n’est jamais écrasé : le nouveau prend un nom libre, comme rapport (2).odt.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Writes the places that a person gave to addresses in the review window into a csv file, to take them to another machine. Addresses as they were written are not in it, only keys that find them again; but points and labels of places are: keep it like a file of persons.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Écrit dans un fichier csv les lieux qu’une personne a donnés à des adresses dans la fenêtre de vérification, pour les porter sur une autre machine. Les adresses telles qu’elles étaient écrites n’y sont pas, seulement des clés qui les retrouvent ; mais les points et les libellés des lieux y sont : gardez-le comme un fichier de personnes.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Writes the speeds by class of road that Coodiag uses (car, bike, foot, in km/h) as a CSV table. Change what you know better in a spreadsheet, then give the table as Table of speeds to isochrones, catchment, prospects and the others that travel on roads.&lt;/p&gt;&lt;p&gt;With a road layer, the table holds the classes of that layer only, those that Coodiag does not know included, with their number of sections and kilometres.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Écrit sous forme de table CSV les vitesses par classe de route que Coodiag emploie (car, bike, foot, en km/h). Changez dans un tableur ce que vous connaissez mieux, puis donnez la table, dans le paramètre Vitesses, aux isochrones, à la chalandise, aux prospects et aux autres outils qui empruntent les routes.&lt;/p&gt;&lt;p&gt;Avec une couche de routes, la table ne contient que les classes de cette couche, y compris celles que Coodiag ne connaît pas, avec leur nombre de tronçons et leurs kilomètres.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Writes the workbook that the respondents of a Cap self-evaluation fill in: an objective per row with what helps to judge it, a note from 0 to 4, a priority from 1 to 3, an action with its pilot and deadline, and a sheet that explains. One respondent per sheet; copies of the file in one folder do as well.&lt;/p&gt;&lt;p&gt;The objectives are Coodiag's own wording under the four themes that COORACE published, not the grid of a federation: give your own grid in its place.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Écrit le classeur que remplissent les répondants d’une auto-évaluation Cap : un objectif par ligne, avec des repères qui aident à le juger, une note de 0 à 4, une priorité de 1 à 3, une action avec son pilote et son échéance, et une feuille qui explique. Un répondant par feuille ; des copies du fichier dans un même dossier conviennent aussi.&lt;/p&gt;&lt;p&gt;Les objectifs sont une formulation propre à Coodiag, sous les quatre thèmes que COORACE a publiés, et non la grille d’une fédération : donnez votre propre grille à la place.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>A &amp;file of yours…</source>
      <translation>Un &amp;fichier à vous…</translation>
    </message>
    <message>
      <source>A &amp;folder of this computer</source>
      <translation>Un d&amp;ossier de cet ordinateur</translation>
    </message>
    <message>
      <source>A bivariate map has three classes on each axis: give two breaks.</source>
      <translation>Une carte à deux variables a trois classes sur chaque axe : donnez deux bornes.</translation>
    </message>
    <message>
      <source>A code can still be written, such as EPCI:243500139, then Enter.</source>
      <translation>Vous pouvez toujours écrire un code, par exemple EPCI:243500139, puis Entrée.</translation>
    </message>
    <message>
      <source>A copy that has no file yet: save it to use it.</source>
      <translation>Une copie qui n’a pas encore de fichier : enregistrez-la pour vous en servir.</translation>
    </message>
    <message>
      <source>A csv, txt, xlsx or ods file. Titles above the header and empty columns do no harm.</source>
      <translation>Un fichier csv, txt, xlsx ou ods. Un titre au-dessus des en-têtes ou des colonnes vides ne gênent pas.</translation>
    </message>
    <message>
      <source>A decision holds for another row of this address.</source>
      <translation>Une décision vaut pour une autre ligne de cette adresse.</translation>
    </message>
    <message>
      <source>A decision holds for {count} other rows of this address.</source>
      <translation>Une décision vaut pour {count} autres lignes de cette adresse.</translation>
    </message>
    <message>
      <source>A diagnosis is under way: it will be stopped.</source>
      <translation>Un diagnostic est en cours : il sera arrêté.</translation>
    </message>
    <message>
      <source>A dossier for each structure is made in it, under its name or that of the column « dossier ».</source>
      <translation>Le dossier de chaque structure y est établi, sous son nom ou sous celui de la colonne « dossier ».</translation>
    </message>
    <message>
      <source>A dossier of yours</source>
      <translation>Un de vos dossiers de diagnostic</translation>
    </message>
    <message>
      <source>A feature of the layer “{layer}” cannot be brought into the projection of the territory: check the layer's coordinate reference system.</source>
      <translation>Une entité de la couche « {layer} » ne peut pas être ramenée dans la projection du territoire : vérifiez le système de coordonnées de la couche.</translation>
    </message>
    <message>
      <source>A file adresses-NN.csv or .csv.gz of adresse.data.gouv.fr, or a folder searched for such files; several are separated by |. The index is built at the first use and kept.</source>
      <translation>Un fichier adresses-NN.csv ou .csv.gz de adresse.data.gouv.fr, ou un dossier où de tels fichiers sont cherchés ; plusieurs sont séparés par |. L’index est construit à la première utilisation, puis conservé.</translation>
    </message>
    <message>
      <source>A geometric progression needs figures above zero: choose another method.</source>
      <translation>Une progression géométrique demande des chiffres supérieurs à zéro : choisissez une autre méthode.</translation>
    </message>
    <message>
      <source>A map of zones shows 1 to {most} levels, not {number}.</source>
      <translation>Une carte de zones montre de 1 à {most} niveaux, pas {number}.</translation>
    </message>
    <message>
      <source>A new diagnosis begins.</source>
      <translation>Un nouveau diagnostic commence.</translation>
    </message>
    <message>
      <source>A new folder will be made.</source>
      <translation>Un nouveau dossier sera créé.</translation>
    </message>
    <message>
      <source>A part of what the run tells could not be read: the disk of the cache may be full. The run goes on.</source>
      <translation>Une partie de ce que dit le traitement n’a pas pu être lue : le disque du cache est peut-être plein. Le traitement continue.</translation>
    </message>
    <message>
      <source>A place for the team to write</source>
      <translation>Une place où l’équipe écrit</translation>
    </message>
    <message>
      <source>A point cannot be brought into the projection of the territory: check the coordinate reference system of the layer.</source>
      <translation>Un point ne peut pas être ramené dans la projection du territoire : vérifiez le système de coordonnées de la couche.</translation>
    </message>
    <message>
      <source>A point of the layer “{layer}” cannot be brought into {crs}: check the layer's coordinate reference system.</source>
      <translation>Un point de la couche « {layer} » ne peut pas être ramené dans {crs} : vérifiez le système de coordonnées de la couche.</translation>
    </message>
    <message>
      <source>A profile file of yours</source>
      <translation>Un fichier de profil à vous</translation>
    </message>
    <message>
      <source>A reach in minutes needs a road layer: give the roads, or choose the mode distance.</source>
      <translation>Une portée en minutes demande une couche de routes : donnez les routes, ou choisissez le mode distance.</translation>
    </message>
    <message>
      <source>A ring in minutes needs a road layer: give ROADS, or choose the mode distance.</source>
      <translation>Un anneau en minutes demande une couche de routes : donnez ROADS, ou choisissez le mode distance.</translation>
    </message>
    <message>
      <source>A ring that holds this much less than the target is enough. 0: at least the target.</source>
      <translation>Un anneau auquel il ne manque que ce pourcentage de la cible suffit. 0 : au moins la cible.</translation>
    </message>
    <message>
      <source>A row could not be written: {row}.</source>
      <translation>Une ligne n’a pas pu être écrite : {row}.</translation>
    </message>
    <message>
      <source>A row per structure (csv, txt, xlsx, ods). Columns: structure (its name), then what differs from one to the other, under the names of the parameters of Full diagnosis or in French: territoire, sites, clients, bénéficiaires, enquête, acteurs, plan d'action, textes, profil, dossier… Files are told by their paths; relative ones start from the folder of the table. An empty cell takes the value below, which holds for all.</source>
      <translation>Une ligne par structure (csv, txt, xlsx, ods). Colonnes : structure (son nom), puis ce qui diffère de l’une à l’autre, sous le nom des paramètres de Diagnostic complet ou en français : territoire, sites, clients, bénéficiaires, enquête, acteurs, plan d’action, textes, profil, dossier… Les fichiers sont désignés par leur chemin ; un chemin relatif part du dossier du tableau. Une cellule vide prend la valeur donnée ci-dessous, qui vaut pour toutes.</translation>
    </message>
    <message>
      <source>A row per structure: line of the table, folder, status, reason of a refusal, pages, rows read and located.</source>
      <translation>Une ligne par structure : ligne du tableau, dossier, état, raison d’un refus, pages, lignes lues et localisées.</translation>
    </message>
    <message>
      <source>A server of your network (addok)</source>
      <translation>Un serveur de votre réseau (addok)</translation>
    </message>
    <message>
      <source>A small chart per commune</source>
      <translation>Un petit graphique par commune</translation>
    </message>
    <message>
      <source>A street that scores less falls to its commune. Lower finds more and errs more.</source>
      <translation>Une voie dont le score est inférieur est ramenée à sa commune. Plus bas, on trouve plus et on se trompe plus.</translation>
    </message>
    <message>
      <source>A survey, the actors, an action plan, texts: each makes its pages. All are optional.</source>
      <translation>Une enquête, les acteurs, un plan d’action, des textes : chacun donne ses pages. Tous sont facultatifs.</translation>
    </message>
    <message>
      <source>A territory, its indicators and their map</source>
      <translation>Un territoire, ses indicateurs et leur carte</translation>
    </message>
    <message>
      <source>A trial sends the addresses of its rows to the service.</source>
      <translation>Un essai envoie au service les adresses de ses lignes.</translation>
    </message>
    <message>
      <source>A value of the type {type} cannot be written into a layer: {value}.</source>
      <translation>Une valeur de type {type} ne peut pas être écrite dans une couche : {value}.</translation>
    </message>
    <message>
      <source>A whole diagnosis without network also needs, in WHAT: {ids}.</source>
      <translation>Un diagnostic complet sans réseau demande aussi, dans WHAT : {ids}.</translation>
    </message>
    <message>
      <source>A workbook with a sheet per respondent, a long table with a column répondant, or the path of a folder of such files.</source>
      <translation>Un classeur avec une feuille par répondant, un tableau long avec une colonne répondant, ou le chemin d’un dossier de tels fichiers.</translation>
    </message>
    <message>
      <source>A3, landscape: the same pages, larger</source>
      <translation>A3 paysage : les mêmes pages, agrandies</translation>
    </message>
    <message>
      <source>A4, and slides in any case</source>
      <translation>A4, et le diaporama dans tous les cas</translation>
    </message>
    <message>
      <source>A4, landscape</source>
      <translation>A4 paysage</translation>
    </message>
    <message>
      <source>About these settings</source>
      <translation>À propos de ces réglages</translation>
    </message>
    <message>
      <source>Accents badly encoded</source>
      <translation>Accents mal encodés</translation>
    </message>
    <message>
      <source>Accents mended</source>
      <translation>Accents rétablis</translation>
    </message>
    <message>
      <source>Accept</source>
      <translation>Accepter</translation>
    </message>
    <message>
      <source>Accept (A)</source>
      <translation>Accepter (A)</translation>
    </message>
    <message>
      <source>Accept rows shown</source>
      <translation>Accepter des lignes affichées</translation>
    </message>
    <message>
      <source>Accept rows shown…</source>
      <translation>Accepter des lignes affichées…</translation>
    </message>
    <message>
      <source>Accept several rows at once</source>
      <translation>Accepter plusieurs lignes à la fois</translation>
    </message>
    <message>
      <source>Accept the place found</source>
      <translation>Accepter le lieu trouvé</translation>
    </message>
    <message>
      <source>Access ({method}): {known} of {places} places reach a supply; {none} reach none and have no figure, {unlinked} have no place near a road; {sites} of {supplies} supplies can be reached.</source>
      <translation>Accès ({method}) : {known} lieux sur {places} atteignent une offre ; {none} n’en atteignent aucune et n’ont pas de chiffre, {unlinked} n’ont pas d’emplacement près d’une route ; {sites} offres sur {supplies} peuvent être atteintes.</translation>
    </message>
    <message>
      <source>Accessibility</source>
      <translation>Accessibilité</translation>
    </message>
    <message>
      <source>Action plan</source>
      <translation>Plan d’action</translation>
    </message>
    <message>
      <source>Active establishments; those without a point keep their row without geometry.</source>
      <translation>Établissements actifs ; ceux qui n’ont pas de point gardent leur ligne, sans géométrie.</translation>
    </message>
    <message>
      <source>Activities</source>
      <translation>Activités</translation>
    </message>
    <message>
      <source>Activities to keep, separated by commas: sections, divisions, groups or classes (N, 81, 81.2, 81.21Z). Empty: all.</source>
      <translation>Activités à garder, séparées par des virgules : sections, divisions, groupes ou classes (N, 81, 81.2, 81.21Z). Vide : toutes.</translation>
    </message>
    <message>
      <source>Activities to look for, separated by commas (N, 81, 81.2, 81.21Z). Empty: the divisions of the clients.</source>
      <translation>Activités à rechercher, séparées par des virgules (N, 81, 81.2, 81.21Z). Vide : les divisions des clients.</translation>
    </message>
    <message>
      <source>Activity (NAF)</source>
      <translation>Activité (NAF)</translation>
    </message>
    <message>
      <source>Actors of the territory</source>
      <translation>Acteurs du territoire</translation>
    </message>
    <message>
      <source>Add a chapter</source>
      <translation>Ajouter un chapitre</translation>
    </message>
    <message>
      <source>Add a page</source>
      <translation>Ajouter une page</translation>
    </message>
    <message>
      <source>Add indicators (Ins)</source>
      <translation>Ajouter des indicateurs (Inser)</translation>
    </message>
    <message>
      <source>Add the chosen one to the territory (Enter)</source>
      <translation>Ajouter au territoire celui qui est choisi (Entrée)</translation>
    </message>
    <message>
      <source>Add the communes that touch the territory, with the role voisin.</source>
      <translation>Ajoute les communes qui touchent le territoire, avec le rôle voisin.</translation>
    </message>
    <message>
      <source>Add the question of this page to the table of answers.</source>
      <translation>Ajoutez la question de cette page à la table des réponses.</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Address complement</source>
      <translation>Complément d’adresse</translation>
    </message>
    <message>
      <source>Address field</source>
      <translation>Champ de l’adresse</translation>
    </message>
    <message>
      <source>Address indexes</source>
      <translation>Index d’adresses</translation>
    </message>
    <message>
      <source>Address of the addok server, for example http://localhost:7878. Empty: the one of the options of QGIS, and for geoplateforme the national service.</source>
      <translation>Adresse du serveur addok, par exemple http://localhost:7878. Vide : celle des options de QGIS et, pour geoplateforme, le service national.</translation>
    </message>
    <message>
      <source>Address of this server of your own. Empty: the one shown.</source>
      <translation>Adresse de ce serveur, le vôtre. Vide : celle qui est montrée.</translation>
    </message>
    <message>
      <source>Address on several lines</source>
      <translation>Adresse sur plusieurs lignes</translation>
    </message>
    <message>
      <source>Address under review</source>
      <translation>Adresse en cours de vérification</translation>
    </message>
    <message>
      <source>Address, and when known SIRET, activity, turnover and hours.</source>
      <translation>Adresse et, s’ils sont connus, SIRET, activité, chiffre d’affaires et heures.</translation>
    </message>
    <message>
      <source>Addresses</source>
      <translation>Adresses</translation>
    </message>
    <message>
      <source>Addresses (BAN): those of the data</source>
      <translation>Adresses (BAN) : celles des données</translation>
    </message>
    <message>
      <source>Addresses are located on this machine: none is sent.</source>
      <translation>Les adresses sont localisées sur cette machine : aucune n’est envoyée.</translation>
    </message>
    <message>
      <source>Addresses that a service received: {count}.</source>
      <translation>Adresses reçues par un service : {count}.</translation>
    </message>
    <message>
      <source>Add…</source>
      <translation>Ajouter…</translation>
    </message>
    <message>
      <source>Age pyramid</source>
      <translation>Pyramide des âges</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
      <source>All of them ({count})</source>
      <translation>Tout ({count})</translation>
    </message>
    <message>
      <source>All rows</source>
      <translation>Toutes les lignes</translation>
    </message>
    <message>
      <source>All three are optional: without clients or beneficiaries, the diagnosis describes the territory alone.</source>
      <translation>Les trois sont facultatifs : sans clients ni bénéficiaires, le diagnostic décrit le seul territoire.</translation>
    </message>
    <message>
      <source>Also share out the demand of the communes whose role is voisin.</source>
      <translation>Répartit aussi la demande des communes dont le rôle est voisin.</translation>
    </message>
    <message>
      <source>Also those that were made before from the same files and parameters.</source>
      <translation>Y compris ceux qui ont déjà été établis avec les mêmes fichiers et les mêmes paramètres.</translation>
    </message>
    <message>
      <source>Also write the style into the table layer_styles of the layer's GeoPackage, as its default.</source>
      <translation>Écrit aussi le style dans la table layer_styles du GeoPackage de la couche, comme style par défaut.</translation>
    </message>
    <message>
      <source>Amount in thousands of euros</source>
      <translation>Montant en milliers d’euros</translation>
    </message>
    <message>
      <source>Amount multiplied by one thousand</source>
      <translation>Montant multiplié par mille</translation>
    </message>
    <message>
      <source>An address index in {folder} is damaged ({reason}). Delete it: the next run builds it again.</source>
      <translation>Un index d’adresses de {folder} est abîmé ({reason}). Supprimez-le : le prochain traitement le reconstruira.</translation>
    </message>
    <message>
      <source>An earlier dossier lies there: it will be replaced once the new one is whole.</source>
      <translation>Un dossier antérieur s’y trouve : il sera remplacé une fois le nouveau complet.</translation>
    </message>
    <message>
      <source>Analysis</source>
      <translation>Analyse</translation>
    </message>
    <message>
      <source>Another address than the public one: a mirror, a server of your own. Empty: the public one.</source>
      <translation>Une autre adresse que l’adresse publique : un miroir, un serveur à vous. Vide : l’adresse publique.</translation>
    </message>
    <message>
      <source>Another diagnosis is writing into the folder {folder}. Wait for its end, or choose another folder.</source>
      <translation>Un autre diagnostic écrit dans le dossier {folder}. Attendez qu’il soit terminé, ou choisissez un autre dossier.</translation>
    </message>
    <message>
      <source>Another process is building this address index: waiting for it.</source>
      <translation>Un autre traitement construit cet index d’adresses : attente de sa fin.</translation>
    </message>
    <message>
      <source>Answer sheet</source>
      <translation>Fiche de réponse</translation>
    </message>
    <message>
      <source>Answer sheet of a self-evaluation (Cap)</source>
      <translation>Fiche de réponse d’une auto-évaluation (Cap)</translation>
    </message>
    <message>
      <source>Answer sheets read</source>
      <translation>Fiches de réponse lues</translation>
    </message>
    <message>
      <source>Answer sheets read: {sheets}; structures: {structures}.</source>
      <translation>Fiches de réponse lues : {sheets} ; structures : {structures}.</translation>
    </message>
    <message>
      <source>Answers</source>
      <translation>Réponses</translation>
    </message>
    <message>
      <source>Answers of the last time (file or folder), or the workbook or TABLE of an earlier result. Only objectives that have a score both times are compared.</source>
      <translation>Réponses de la fois précédente (fichier ou dossier), ou bien classeur ou TABLE d’un résultat antérieur. Seuls les objectifs qui ont un score les deux fois sont comparés.</translation>
    </message>
    <message>
      <source>Answers of the services</source>
      <translation>Réponses des services</translation>
    </message>
    <message>
      <source>Answers to the survey</source>
      <translation>Réponses à l’enquête</translation>
    </message>
    <message>
      <source>Around each site, the ring of the travel time (or distance) that PERCENTILE per cent of the observed clients stay within; kind is prévue.</source>
      <translation>Autour de chaque site, l’anneau du temps de trajet (ou de la distance) que PERCENTILE % des clients observés ne dépassent pas ; kind vaut prévue.</translation>
    </message>
    <message>
      <source>As many weights as bands: 1,0.68,0.22 or 1,2/3,1/3.</source>
      <translation>Autant de poids que de tranches : 1,0.68,0.22 ou 1,2/3,1/3.</translation>
    </message>
    <message>
      <source>As printed on the cover</source>
      <translation>Tel qu’imprimé sur la couverture</translation>
    </message>
    <message>
      <source>As recognised</source>
      <translation>Tel que reconnu</translation>
    </message>
    <message>
      <source>Ask the public services, or put more official files into the data folder.</source>
      <translation>Interrogez les services publics, ou ajoutez des fichiers officiels au dossier de données.</translation>
    </message>
    <message>
      <source>Ask the public services, or put the Sirène stock into the data folder.</source>
      <translation>Interrogez les services publics, ou ajoutez le stock Sirène au dossier de données.</translation>
    </message>
    <message>
      <source>Asking the public services…</source>
      <translation>Interrogation des services publics…</translation>
    </message>
    <message>
      <source>At most {count} different addresses ({files}) go to {title} ({host}): number, street, postcode and town, under an identifier without meaning. No name, no reference, no other column.</source>
      <translation>Au plus {count} adresses distinctes ({files}) partent vers {title} ({host}) : numéro, voie, code postal et commune, sous un identifiant sans signification. Ni nom, ni référence, ni autre colonne.</translation>
    </message>
    <message>
      <source>At the commune (C)</source>
      <translation>À la commune (C)</translation>
    </message>
    <message>
      <source>Atlas</source>
      <translation>Atlas</translation>
    </message>
    <message>
      <source>Attraction</source>
      <translation>Attraction</translation>
    </message>
    <message>
      <source>Attraction of the competitors</source>
      <translation>Attraction des concurrents</translation>
    </message>
    <message>
      <source>Authentication</source>
      <translation>Authentification</translation>
    </message>
    <message>
      <source>Authentication configuration of QGIS (type API Header) that holds the key of data·inclusion. Empty: the one that the QGIS setting coodiag/keys/data_inclusion names; without any, this source is left out and the log says so.</source>
      <translation>Configuration d’authentification de QGIS (type API Header) qui contient la clé de data·inclusion. Vide : celle que nomme le réglage coodiag/keys/data_inclusion de QGIS ; sans aucune, cette source est laissée de côté et le journal le dit.</translation>
    </message>
    <message>
      <source>Authentication configuration of QGIS (type API Header) that holds the key of the Sirène API. Empty: the one that the QGIS setting coodiag/keys/sirene names, if any.</source>
      <translation>Configuration d’authentification de QGIS (type API Header) qui contient la clé de l’API Sirène. Vide : celle que nomme le réglage coodiag/keys/sirene de QGIS, s’il existe.</translation>
    </message>
    <message>
      <source>Authentication configuration of QGIS: the key of openrouteservice (type API Header, header Authorization), or the user and password of the database of pgrouting. Empty for openrouteservice: the one that the QGIS setting coodiag/keys/openrouteservice names.</source>
      <translation>Configuration d’authentification de QGIS : la clé d’openrouteservice (type API Header, en-tête Authorization), ou l’utilisateur et le mot de passe de la base de données de pgrouting. Vide pour openrouteservice : celle que nomme le réglage coodiag/keys/openrouteservice de QGIS.</translation>
    </message>
    <message>
      <source>Authentication configuration that holds the key of this service (type API Header). The key itself is kept encrypted by QGIS, never among the settings.</source>
      <translation>Configuration d’authentification qui contient la clé du service (type API Header). La clé elle-même est conservée chiffrée par QGIS, jamais parmi les réglages.</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>Automatique</translation>
    </message>
    <message>
      <source>BAN addresses</source>
      <translation>Adresses de la BAN</translation>
    </message>
    <message>
      <source>BANDS and WEIGHTS must hold as many numbers above zero, the bands ascending: for example 10,20,30 and 1,0.68,0.22. Given: {bands} and {weights}.</source>
      <translation>BANDS et WEIGHTS doivent contenir autant de nombres supérieurs à zéro l’un que l’autre, les tranches étant croissantes : par exemple 10,20,30 et 1,0.68,0.22. Donnés : {bands} et {weights}.</translation>
    </message>
    <message>
      <source>BD TOPO (nature, direction and speed of each road)</source>
      <translation>BD TOPO (nature, sens et vitesse de chaque route)</translation>
    </message>
    <message>
      <source>Back-test on {hidden} hidden clients: {found} % are in the first tenth of the prospects ({by_chance} % by chance, {by_cost} % by distance alone). {unlooked} of them are of no target activity and cannot be found.</source>
      <translation>Épreuve sur {hidden} clients cachés : {found} % se trouvent dans le premier dixième des prospects ({by_chance} % au hasard, {by_cost} % par la seule distance). {unlooked} d’entre eux ne sont d’aucune activité recherchée et ne peuvent pas être trouvés.</translation>
    </message>
    <message>
      <source>Background of the map</source>
      <translation>Fond de carte</translation>
    </message>
    <message>
      <source>Bands</source>
      <translation>Tranches</translation>
    </message>
    <message>
      <source>Bandwidth of the density (m)</source>
      <translation>Largeur de bande de la densité (m)</translation>
    </message>
    <message>
      <source>Bars</source>
      <translation>Barres</translation>
    </message>
    <message>
      <source>Bars on the page of each commune</source>
      <translation>Barres sur la page de chaque commune</translation>
    </message>
    <message>
      <source>Base</source>
      <translation>Base</translation>
    </message>
    <message>
      <source>Batch file</source>
      <translation>Fichier de lot</translation>
    </message>
    <message>
      <source>Batch file from a table of structures</source>
      <translation>Fichier de lot d’un tableau de structures</translation>
    </message>
    <message>
      <source>Batch file of the structures</source>
      <translation>Fichier de lot des structures</translation>
    </message>
    <message>
      <source>Batch files</source>
      <translation>Fichiers de lot</translation>
    </message>
    <message>
      <source>Begin anew</source>
      <translation>Recommencer</translation>
    </message>
    <message>
      <source>Begin anew with an empty diagnosis? The present one is kept, and can be taken back. Files and dossiers stay where they are.</source>
      <translation>Recommencer avec un diagnostic vide ? Celui-ci est conservé et peut être repris. Les fichiers et les dossiers restent où ils sont.</translation>
    </message>
    <message>
      <source>Begin anew…</source>
      <translation>Recommencer…</translation>
    </message>
    <message>
      <source>Begin from a copy of a profile</source>
      <translation>Partir de la copie d’un profil</translation>
    </message>
    <message>
      <source>Begun {time} ago</source>
      <translation>Commencé il y a {time}</translation>
    </message>
    <message>
      <source>Below this number of clients GAMMA and LAMBDA are not estimated.</source>
      <translation>En dessous de ce nombre de clients, GAMMA et LAMBDA ne sont pas estimés.</translation>
    </message>
    <message>
      <source>Beneficiaries</source>
      <translation>Bénéficiaires</translation>
    </message>
    <message>
      <source>Beneficiaries located</source>
      <translation>Bénéficiaires localisés</translation>
    </message>
    <message>
      <source>Beneficiaries read</source>
      <translation>Bénéficiaires lus</translation>
    </message>
    <message>
      <source>Bis, ter…</source>
      <translation>Bis, ter…</translation>
    </message>
    <message>
      <source>Break points</source>
      <translation>Points de rupture</translation>
    </message>
    <message>
      <source>Breaks</source>
      <translation>Bornes</translation>
    </message>
    <message>
      <source>Breaks of the method “fixed”</source>
      <translation>Bornes de la méthode « fixed »</translation>
    </message>
    <message>
      <source>Building the address index of {file}.</source>
      <translation>Construction de l’index d’adresses de {file}.</translation>
    </message>
    <message>
      <source>C&amp;hapters</source>
      <translation>C&amp;hapitres</translation>
    </message>
    <message>
      <source>C&amp;hart</source>
      <translation>&amp;Graphique</translation>
    </message>
    <message>
      <source>CEDEX address</source>
      <translation>Adresse CEDEX</translation>
    </message>
    <message>
      <source>CEDEX taken out of the town, postcode kept (it names a delivery office)</source>
      <translation>Mention CEDEX retirée de la commune, code postal gardé (il désigne un bureau distributeur)</translation>
    </message>
    <message>
      <source>COLUMNS must name six columns separated by commas, in the order id, source, target, cost, reverse_cost, geom; “{text}” does not.</source>
      <translation>COLUMNS doit nommer six colonnes séparées par des virgules, dans l’ordre id, source, target, cost, reverse_cost, geom ; « {text} » ne le fait pas.</translation>
    </message>
    <message>
      <source>Cache folder</source>
      <translation>Dossier du cache</translation>
    </message>
    <message>
      <source>Calculation error of the spreadsheet</source>
      <translation>Erreur de calcul du tableur</translation>
    </message>
    <message>
      <source>Calibrated on {clients} clients of {places} communes who choose among {sites} sites: {estimates} (in brackets the standard error, then the one that holds when the clients of a commune are alike).</source>
      <translation>Calé sur {clients} clients de {places} communes qui choisissent entre {sites} sites : {estimates} (entre parenthèses l’erreur type, puis celle qui vaut quand les clients d’une commune se ressemblent).</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>Capacity</source>
      <translation>Capacité</translation>
    </message>
    <message>
      <source>Cartography</source>
      <translation>Cartographie</translation>
    </message>
    <message>
      <source>Catchment thresholds</source>
      <translation>Seuils de chalandise</translation>
    </message>
    <message>
      <source>Catchment zones</source>
      <translation>Zones de chalandise</translation>
    </message>
    <message>
      <source>Catchment: {ranked} clients ranked, {no_place} without a point, {unlinked} far from any road, {unreachable} out of reach of their site, {no_commune} outside the communes, {outlier} outliers left out.</source>
      <translation>Chalandise : {ranked} clients rangés, {no_place} sans point, {unlinked} loin de toute route, {unreachable} hors d’atteinte de leur site, {no_commune} hors des communes, {outlier} très éloignés laissés de côté.</translation>
    </message>
    <message>
      <source>Categories</source>
      <translation>Catégories</translation>
    </message>
    <message>
      <source>Cell taken as empty</source>
      <translation>Cellule considérée comme vide</translation>
    </message>
    <message>
      <source>Cells kept in columns without a name, row to be checked</source>
      <translation>Cellules gardées dans des colonnes sans nom, ligne à vérifier</translation>
    </message>
    <message>
      <source>Cells mended (postcodes, spaces, dates, numbers…): {count}.</source>
      <translation>Cellules réparées (codes postaux, espaces, dates, nombres…) : {count}.</translation>
    </message>
    <message>
      <source>Cells put in order</source>
      <translation>Cellules remises dans l’ordre</translation>
    </message>
    <message>
      <source>Cells whose accents were badly encoded, mended: {count}.</source>
      <translation>Cellules aux accents mal encodés, réparées : {count}.</translation>
    </message>
    <message>
      <source>Cells with lost characters (�): {count}.</source>
      <translation>Cellules avec des caractères perdus (�) : {count}.</translation>
    </message>
    <message>
      <source>Centre of the zones</source>
      <translation>Centre des zones</translation>
    </message>
    <message>
      <source>Centres and lines fit to be shared are made of communes. Give COMMUNES, or switch off “Fit to be shared”.</source>
      <translation>Les centres et les lignes qui peuvent être transmis sont faits de communes. Donnez COMMUNES, ou décochez « Peut être transmis ».</translation>
    </message>
    <message>
      <source>Centres of the clients</source>
      <translation>Centres des clients</translation>
    </message>
    <message>
      <source>Century deduced (00–49: 2000, 50–99: 1900)</source>
      <translation>Siècle déduit (00–49 : 2000, 50–99 : 1900)</translation>
    </message>
    <message>
      <source>Chapter</source>
      <translation>Chapitre</translation>
    </message>
    <message>
      <source>Chapters</source>
      <translation>Chapitres</translation>
    </message>
    <message>
      <source>Chapters and pages</source>
      <translation>Chapitres et pages</translation>
    </message>
    <message>
      <source>Chapters of the profile</source>
      <translation>Chapitres du profil</translation>
    </message>
    <message>
      <source>Characters taken out</source>
      <translation>Caractères retirés</translation>
    </message>
    <message>
      <source>Check digit of the SIRET is wrong</source>
      <translation>Clé de contrôle du SIRET fausse</translation>
    </message>
    <message>
      <source>Check the code, or add the contours and tables of that territory to the folder.</source>
      <translation>Vérifiez le code, ou ajoutez au dossier les contours et les tables de ce territoire.</translation>
    </message>
    <message>
      <source>Check the code, or add the contours of that département to the folder.</source>
      <translation>Vérifiez le code, ou ajoutez au dossier les contours de ce département.</translation>
    </message>
    <message>
      <source>Choose a layer of roads, or let the public services give them.</source>
      <translation>Choisissez une couche de routes, ou laissez les services publics la donner.</translation>
    </message>
    <message>
      <source>Choose a page: the picture is that of one page.</source>
      <translation>Choisissez une page : l’aperçu est celui d’une page.</translation>
    </message>
    <message>
      <source>Choose a territory in the list of those found.</source>
      <translation>Cherchez votre territoire, puis choisissez-le dans la liste.</translation>
    </message>
    <message>
      <source>Choose a whole path: “{text}” begins nowhere.</source>
      <translation>Choisissez un chemin complet : « {text} » ne part de nulle part.</translation>
    </message>
    <message>
      <source>Choose an indicator</source>
      <translation>Choisir un indicateur</translation>
    </message>
    <message>
      <source>Choose another way to locate the addresses.</source>
      <translation>Choisissez une autre façon de localiser les adresses.</translation>
    </message>
    <message>
      <source>Choose indicators</source>
      <translation>Choisir des indicateurs</translation>
    </message>
    <message>
      <source>Choose one document at least.</source>
      <translation>Choisissez au moins un document.</translation>
    </message>
    <message>
      <source>Choose or drop a file: xlsx, ods, csv</source>
      <translation>Choisissez ou déposez un fichier : xlsx, ods, csv</translation>
    </message>
    <message>
      <source>Choose the commune, or what it belongs to.</source>
      <translation>Choisissez la commune, ou ce dont elle fait partie.</translation>
    </message>
    <message>
      <source>Choose the folder of a dossier.</source>
      <translation>Choisissez un dossier de diagnostic.</translation>
    </message>
    <message>
      <source>Choose the folder of the dossier.</source>
      <translation>Choisissez le dossier à écrire.</translation>
    </message>
    <message>
      <source>Choose the folder of the official files.</source>
      <translation>Choisissez le dossier des fichiers officiels.</translation>
    </message>
    <message>
      <source>Choose the indicators by which the communes are compared.</source>
      <translation>Choisissez les indicateurs d’après lesquels les communes sont comparées.</translation>
    </message>
    <message>
      <source>Choose the layer of located rows.</source>
      <translation>Choisissez la couche des lignes localisées.</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>Choisir…</translation>
    </message>
    <message>
      <source>Circle of the standard distance and standard deviational ellipse around each mean centre; within: per cent of the weight inside.</source>
      <translation>Cercle de la distance type et ellipse des écarts types autour de chaque centre moyen ; within : part du poids, en %, à l’intérieur.</translation>
    </message>
    <message>
      <source>Circles (counts)</source>
      <translation>Cercles (effectifs)</translation>
    </message>
    <message>
      <source>Circles (counts) filled by a rate</source>
      <translation>Cercles (effectifs) colorés par un taux</translation>
    </message>
    <message>
      <source>City field</source>
      <translation>Champ de la ville</translation>
    </message>
    <message>
      <source>Classification</source>
      <translation>Discrétisation</translation>
    </message>
    <message>
      <source>Click inside a commune on the map of QGIS.</source>
      <translation>Cliquez dans une commune sur la carte de QGIS.</translation>
    </message>
    <message>
      <source>Click on the &amp;map</source>
      <translation>Cliquer sur la &amp;carte</translation>
    </message>
    <message>
      <source>Click the place, or move the map with the arrows and press Enter. Esc leaves.</source>
      <translation>Cliquez sur le lieu, ou déplacez la carte avec les flèches et appuyez sur Entrée. Échap pour quitter.</translation>
    </message>
    <message>
      <source>Clients</source>
      <translation>Clients</translation>
    </message>
    <message>
      <source>Clients as points, or a table of flows by commune and site, from which GAMMA and LAMBDA are estimated.</source>
      <translation>Clients sous forme de points, ou table de flux par commune et par site, à partir desquels GAMMA et LAMBDA sont estimés.</translation>
    </message>
    <message>
      <source>Clients farther than this from their site, in kilometres as the crow flies, are left out and counted. Empty: above Q3 + 3·IQR of the logarithm of the distance. 0: none is left out.</source>
      <translation>Les clients plus éloignés que cela de leur site, en kilomètres à vol d’oiseau, sont laissés de côté et comptés. Vide : au-delà de Q3 + 3 × l’écart interquartile du logarithme de la distance. 0 : aucun n’est laissé de côté.</translation>
    </message>
    <message>
      <source>Clients left out</source>
      <translation>Clients laissés de côté</translation>
    </message>
    <message>
      <source>Clients located</source>
      <translation>Clients localisés</translation>
    </message>
    <message>
      <source>Clients not located</source>
      <translation>Clients non localisés</translation>
    </message>
    <message>
      <source>Clients read</source>
      <translation>Clients lus</translation>
    </message>
    <message>
      <source>Clients, beneficiaries (people accompanied or employed) or sites of the structure.</source>
      <translation>Clients, bénéficiaires (personnes accompagnées ou salariées) ou sites de la structure.</translation>
    </message>
    <message>
      <source>Close the message</source>
      <translation>Fermer le message</translation>
    </message>
    <message>
      <source>Clusters of jobs</source>
      <translation>Pôles d’emplois</translation>
    </message>
    <message>
      <source>Clusters of jobs: {count}, with {share} % of the jobs.</source>
      <translation>Pôles d’emplois : {count}, soit {share} % des emplois.</translation>
    </message>
    <message>
      <source>Co&amp;py</source>
      <translation>C&amp;opier</translation>
    </message>
    <message>
      <source>Code kept at the level of the class</source>
      <translation>Code gardé au niveau de la classe</translation>
    </message>
    <message>
      <source>Code moved to the commune code</source>
      <translation>Code déplacé vers le code commune</translation>
    </message>
    <message>
      <source>Code or name of the territory: EPCI:243500139, COM:35238,35047, DEP:35, REG:53, ZE:5315, several joined by “;”, or a name. May stay empty when polygons are given.</source>
      <translation>Code ou nom du territoire : EPCI:243500139, COM:35238,35047, DEP:35, REG:53, ZE:5315, plusieurs séparés par « ; », ou un nom. Peut rester vide si des polygones sont donnés.</translation>
    </message>
    <message>
      <source>Codes replaced by their characters</source>
      <translation>Codes remplacés par leurs caractères</translation>
    </message>
    <message>
      <source>Coloured columns are used ({hand}: told by you, {guess}: guessed from the contents). To change one, drag its name onto a line below, or choose it there.</source>
      <translation>Les colonnes colorées sont utilisées ({hand} : indiquée par vous, {guess} : devinée d’après le contenu). Pour en changer une, faites glisser son nom sur une ligne ci-dessous, ou choisissez-la dans la liste.</translation>
    </message>
    <message>
      <source>Column</source>
      <translation>Colonne</translation>
    </message>
    <message>
      <source>Column kept as it is</source>
      <translation>Colonne gardée telle quelle</translation>
    </message>
    <message>
      <source>Column name reserved, or taken already by a recognised field</source>
      <translation>Nom de colonne réservé ou déjà pris par un champ reconnu</translation>
    </message>
    <message>
      <source>Column names repeated in the middle of the table</source>
      <translation>En-tête répété au milieu du tableau</translation>
    </message>
    <message>
      <source>Column of counts</source>
      <translation>Colonne des effectifs</translation>
    </message>
    <message>
      <source>Column of residence</source>
      <translation>Colonne de résidence</translation>
    </message>
    <message>
      <source>Column of the field {field}</source>
      <translation>Colonne du champ {field}</translation>
    </message>
    <message>
      <source>Column of the table with the commune of residence. Empty: recognised, or the commune of the points of the table when the column of work is given.</source>
      <translation>Colonne de la table avec la commune de résidence. Vide : reconnue, ou la commune des points de la table si la colonne de travail est donnée.</translation>
    </message>
    <message>
      <source>Column of the table with the commune of work, by its code or its name. Empty: recognised.</source>
      <translation>Colonne de la table avec la commune de travail, par son code ou son nom. Vide : reconnue.</translation>
    </message>
    <message>
      <source>Column of the table with the number of people. Empty: recognised, else each row counts for one.</source>
      <translation>Colonne de la table avec le nombre de personnes. Vide : reconnue, à défaut chaque ligne compte pour un.</translation>
    </message>
    <message>
      <source>Column of work</source>
      <translation>Colonne de travail</translation>
    </message>
    <message>
      <source>Column recognised by its contents ({other})</source>
      <translation>Colonne reconnue d’après son contenu ({other})</translation>
    </message>
    <message>
      <source>Column renamed with a number</source>
      <translation>Colonne renommée avec un numéro</translation>
    </message>
    <message>
      <source>Columns mapped by hand</source>
      <translation>Colonnes désignées à la main</translation>
    </message>
    <message>
      <source>Columns named colonne_1, colonne_2… and recognised by their contents</source>
      <translation>Colonnes nommées colonne_1, colonne_2… et reconnues d’après leur contenu</translation>
    </message>
    <message>
      <source>Columns of the edges</source>
      <translation>Colonnes des arcs</translation>
    </message>
    <message>
      <source>Columns put in order for the whole file</source>
      <translation>Colonnes remises dans l’ordre pour tout le fichier</translation>
    </message>
    <message>
      <source>Columns read: {columns}. No other one is.</source>
      <translation>Colonnes lues : {columns}. Aucune autre ne l’est.</translation>
    </message>
    <message>
      <source>Coming in minus going out</source>
      <translation>Entrants moins sortants</translation>
    </message>
    <message>
      <source>Commune</source>
      <translation>Commune</translation>
    </message>
    <message>
      <source>Commune code (INSEE)</source>
      <translation>Code commune (Insee)</translation>
    </message>
    <message>
      <source>Commune code (INSEE) field</source>
      <translation>Champ du code commune (Insee)</translation>
    </message>
    <message>
      <source>Commune code left empty</source>
      <translation>Code commune laissé vide</translation>
    </message>
    <message>
      <source>Commune code that cannot be read</source>
      <translation>Code commune illisible</translation>
    </message>
    <message>
      <source>Commune code without its leading zero</source>
      <translation>Code commune sans son zéro de tête</translation>
    </message>
    <message>
      <source>Commune of the clients</source>
      <translation>Commune des clients</translation>
    </message>
    <message>
      <source>Commune polygons with codgeo and nom: where the BAN files do not reach, a row is put at a point of its commune.</source>
      <translation>Polygones des communes avec codgeo et nom : là où les fichiers de la BAN ne vont pas, une ligne est placée en un point de sa commune.</translation>
    </message>
    <message>
      <source>Communes</source>
      <translation>Communes</translation>
    </message>
    <message>
      <source>Communes of a territory</source>
      <translation>Communes d’un territoire</translation>
    </message>
    <message>
      <source>Communes of the territory and its neighbours.</source>
      <translation>Communes du territoire et ses voisines.</translation>
    </message>
    <message>
      <source>Communes of the territory with their code (codgeo), for example the output of Communes of a territory. Neighbours (role = voisin) are left out.</source>
      <translation>Communes du territoire avec leur code (codgeo), par exemple la sortie de Communes d’un territoire. Les voisines (role = voisin) sont laissées de côté.</translation>
    </message>
    <message>
      <source>Communes of the zone and sites: leaving, coming, staying, net, stable_share, concentration.</source>
      <translation>Communes de la zone et sites : leaving, coming, staying, net, stable_share, concentration.</translation>
    </message>
    <message>
      <source>Communes or cells</source>
      <translation>Communes ou carreaux</translation>
    </message>
    <message>
      <source>Communes or cells with indicators, for example the output of Indicators. Neighbours (role = voisin) are left out.</source>
      <translation>Communes ou carreaux avec des indicateurs, par exemple la sortie de Indicateurs d’un territoire. Les voisines (role = voisin) sont laissées de côté.</translation>
    </message>
    <message>
      <source>Communes or grid cells with counts, for example the output of Indicators: all together they are the reference. Neighbours (role = voisin) are left out.</source>
      <translation>Communes ou carreaux avec des effectifs, par exemple la sortie de Indicateurs d’un territoire : tous ensemble, ils sont la référence. Les voisines (role = voisin) sont laissées de côté.</translation>
    </message>
    <message>
      <source>Communes with count, target, rate, low, high, shrunk, index, share and status.</source>
      <translation>Communes avec count, target, rate, low, high, shrunk, index, share et status.</translation>
    </message>
    <message>
      <source>Communes with need, need_rate, index, minutes or km, type (touchee, eloignee, proche_non_touchee, sans_besoin…) and type_label. The communes must carry the indicators chomeurs (or demandeurs_emploi) and actifs, and may carry part_sans_voiture, part_sans_diplome and menages: see Indicators.</source>
      <translation>Communes avec need, need_rate, index, minutes ou km, type (touchee, eloignee, proche_non_touchee, sans_besoin…) et type_label. Les communes doivent porter les indicateurs chomeurs (ou demandeurs_emploi) et actifs, et peuvent porter part_sans_voiture, part_sans_diplome et menages : voir Indicateurs d’un territoire.</translation>
    </message>
    <message>
      <source>Communes with people and, for each target (site, jobs, stop) and way of moving (car, bike, foot), the median time (_min), the shares within each time (_20, _30, _45…, %) and the time from the middle of the commune (_centre). Each figure has its column _etat.</source>
      <translation>Communes avec people et, pour chaque destination (site, jobs, stop) et chaque façon de se déplacer (car, bike, foot), le temps médian (_min), les parts en deçà de chaque temps (_20, _30, _45…, %) et le temps depuis le milieu de la commune (_centre). Chaque chiffre a sa colonne _etat.</translation>
    </message>
    <message>
      <source>Communes with the output of Indicators, or communes or IRIS with variables of Insee (P21_POP…). May stay empty when a grid is given.</source>
      <translation>Communes de la sortie de Indicateurs d’un territoire, ou communes ou IRIS avec des variables de l’Insee (P21_POP…). Peut rester vide si une grille est donnée.</translation>
    </message>
    <message>
      <source>Communes with their code (codgeo) and the field of the demand. The trip starts at a point of their surface.</source>
      <translation>Communes avec leur code (codgeo) et le champ de la demande. Le trajet part d’un point de leur surface.</translation>
    </message>
    <message>
      <source>Communes with their code (codgeo) and the field of the targets. Neighbours (role = voisin) are left out.</source>
      <translation>Communes avec leur code (codgeo) et le champ de la cible. Les voisines (role = voisin) sont laissées de côté.</translation>
    </message>
    <message>
      <source>Communes with their code (codgeo), for example the output of Communes of a territory.</source>
      <translation>Communes avec leur code (codgeo), par exemple la sortie de Communes d’un territoire.</translation>
    </message>
    <message>
      <source>Communes with their code (codgeo). Those whose role is not voisin make the zone; lines are drawn to the neighbours as well.</source>
      <translation>Communes avec leur code (codgeo). Celles dont le rôle n’est pas voisin forment la zone ; des lignes sont tracées vers les voisines aussi.</translation>
    </message>
    <message>
      <source>Communes with their code (codgeo): the zones. Empty: hexagons of 1 km.</source>
      <translation>Communes avec leur code (codgeo) : les zones. Vide : hexagones de 1 km.</translation>
    </message>
    <message>
      <source>Communes with their fields, then their figures and the state of each.</source>
      <translation>Communes avec leurs champs, puis leurs chiffres et l’état de chacun.</translation>
    </message>
    <message>
      <source>Communes, grid cells or points with a count, for example the output of Indicators.</source>
      <translation>Communes, carreaux ou points avec un effectif, par exemple la sortie de Indicateurs d’un territoire.</translation>
    </message>
    <message>
      <source>Competitors</source>
      <translation>Concurrents</translation>
    </message>
    <message>
      <source>Concavity</source>
      <translation>Concavité</translation>
    </message>
    <message>
      <source>Content</source>
      <translation>Contenu</translation>
    </message>
    <message>
      <source>Coodiag is not among the providers of the toolbox: switch its plugin on.</source>
      <translation>Coodiag n’est pas parmi les fournisseurs de la boîte à outils : activez son extension.</translation>
    </message>
    <message>
      <source>Coodiag: addresses to review</source>
      <translation>Coodiag : adresses à vérifier</translation>
    </message>
    <message>
      <source>Coodiag: commune on the map</source>
      <translation>Coodiag : commune sur la carte</translation>
    </message>
    <message>
      <source>Coodiag: communes on the map</source>
      <translation>Coodiag : communes sur la carte</translation>
    </message>
    <message>
      <source>Coodiag: demonstration data</source>
      <translation>Coodiag : données de démonstration</translation>
    </message>
    <message>
      <source>Coodiag: diagnosis</source>
      <translation>Coodiag : diagnostic</translation>
    </message>
    <message>
      <source>Coodiag: diagnosis profiles</source>
      <translation>Coodiag : profils de diagnostic</translation>
    </message>
    <message>
      <source>Coodiag: emptying the cache</source>
      <translation>Coodiag : vidage du cache</translation>
    </message>
    <message>
      <source>Coodiag: files of the data folder</source>
      <translation>Coodiag : fichiers du dossier de données</translation>
    </message>
    <message>
      <source>Coodiag: list of communes</source>
      <translation>Coodiag : liste des communes</translation>
    </message>
    <message>
      <source>Coodiag: locating addresses</source>
      <translation>Coodiag : localisation des adresses</translation>
    </message>
    <message>
      <source>Coodiag: outline of the territory</source>
      <translation>Coodiag : contour du territoire</translation>
    </message>
    <message>
      <source>Coodiag: picture of a page</source>
      <translation>Coodiag : aperçu d’une page</translation>
    </message>
    <message>
      <source>Coodiag: reading a file</source>
      <translation>Coodiag : lecture d’un fichier</translation>
    </message>
    <message>
      <source>Coodiag: size of the cache</source>
      <translation>Coodiag : taille du cache</translation>
    </message>
    <message>
      <source>Coodiag: tables to fill in</source>
      <translation>Coodiag : tableaux à remplir</translation>
    </message>
    <message>
      <source>Coodiag: territorial diagnosis</source>
      <translation>Coodiag : diagnostic territorial</translation>
    </message>
    <message>
      <source>Coodiag: what would leave this machine</source>
      <translation>Coodiag : ce qui quitterait cette machine</translation>
    </message>
    <message>
      <source>Copy a diagnosis profile to edit</source>
      <translation>Copier un profil de diagnostic à modifier</translation>
    </message>
    <message>
      <source>Copy of the profile</source>
      <translation>Copie du profil</translation>
    </message>
    <message>
      <source>Copy of…</source>
      <translation>Copie de…</translation>
    </message>
    <message>
      <source>Core zone</source>
      <translation>Zone cœur</translation>
    </message>
    <message>
      <source>Correct the names of the sites in the files.</source>
      <translation>Corrigez les noms des sites dans les fichiers.</translation>
    </message>
    <message>
      <source>Corrected export</source>
      <translation>Export corrigé</translation>
    </message>
    <message>
      <source>Corrections</source>
      <translation>Corrections</translation>
    </message>
    <message>
      <source>Corrections deleted</source>
      <translation>Corrections supprimées</translation>
    </message>
    <message>
      <source>Corrections kept</source>
      <translation>Corrections conservées</translation>
    </message>
    <message>
      <source>Corrections kept: {count}, all dossiers together. After a deletion, Undo of the window brings them back.</source>
      <translation>Corrections conservées : {count}, tous dossiers confondus. Après une suppression, l’ordre Annuler de la fenêtre les rétablit.</translation>
    </message>
    <message>
      <source>Corrections kept…</source>
      <translation>Corrections conservées…</translation>
    </message>
    <message>
      <source>Corrections taken in</source>
      <translation>Corrections reprises</translation>
    </message>
    <message>
      <source>Corrections that will be deleted: {count}. The next run will look for these addresses again.</source>
      <translation>Corrections qui seront supprimées : {count}. Le prochain traitement cherchera de nouveau ces adresses.</translation>
    </message>
    <message>
      <source>Costs below it count as this in a decay: minutes or kilometres.</source>
      <translation>Dans une décroissance, les coûts inférieurs comptent pour cette valeur : minutes ou kilomètres.</translation>
    </message>
    <message>
      <source>Costs below it count as this: minutes or kilometres. At the door of a site a power has no value.</source>
      <translation>Les coûts inférieurs comptent pour cette valeur : minutes ou kilomètres. À la porte d’un site, une puissance n’a pas de valeur.</translation>
    </message>
    <message>
      <source>Count</source>
      <translation>Effectif</translation>
    </message>
    <message>
      <source>Counting the addresses…</source>
      <translation>Comptage des adresses…</translation>
    </message>
    <message>
      <source>Counts are fractions (estimates from the census sample): sums are made on them, and they are rounded to the unit where they are shown, so that shown counts may differ from their sum.</source>
      <translation>Les effectifs sont des fractions (estimations d’après l’échantillon du recensement) : les sommes sont faites sur elles, et elles sont arrondies à l’unité là où elles sont montrées, si bien que les effectifs montrés peuvent différer de leur somme.</translation>
    </message>
    <message>
      <source>Counts of people below this are hidden in what can be shared. Never less than 3: fewer would let persons be recognised.</source>
      <translation>Les effectifs de personnes au-dessous sont masqués dans ce qui peut être diffusé. Jamais moins de 3 : des personnes seraient reconnaissables.</translation>
    </message>
    <message>
      <source>Counts of people below this are hidden, with the other cells that would give them away.</source>
      <translation>Les effectifs de personnes inférieurs à ce nombre sont masqués, avec les autres cases qui les trahiraient.</translation>
    </message>
    <message>
      <source>Coverage</source>
      <translation>Couverture</translation>
    </message>
    <message>
      <source>Coverage by commune</source>
      <translation>Pénétration par commune</translation>
    </message>
    <message>
      <source>Ctrl+Page down, Ctrl+Page up</source>
      <translation>Ctrl+Page suivante, Ctrl+Page précédente</translation>
    </message>
    <message>
      <source>Cut-off distance (km)</source>
      <translation>Distance d’exclusion (km)</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>Dossier de données</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Date</translation>
    </message>
    <message>
      <source>Date as a spreadsheet number</source>
      <translation>Date sous forme de numéro de tableur</translation>
    </message>
    <message>
      <source>Date of production</source>
      <translation>Date de production</translation>
    </message>
    <message>
      <source>Date printed on the pages, as 2026-03-31. Empty: today.</source>
      <translation>Date imprimée sur les pages, sous la forme 2026-03-31. Vide : aujourd’hui.</translation>
    </message>
    <message>
      <source>Date printed on the pages, as 2026-03-31. Left empty: that of the dossier.</source>
      <translation>Date imprimée sur les pages, comme 2026-03-31. Vide : celle du dossier.</translation>
    </message>
    <message>
      <source>Date printed on the pages, as 2026-03-31. Left empty: today.</source>
      <translation>Date imprimée sur les pages, sous la forme 2026-03-31. Vide : aujourd’hui.</translation>
    </message>
    <message>
      <source>Date put back</source>
      <translation>Date rétablie</translation>
    </message>
    <message>
      <source>Date that is impossible or cannot be read</source>
      <translation>Date impossible ou illisible</translation>
    </message>
    <message>
      <source>Decay</source>
      <translation>Décroissance</translation>
    </message>
    <message>
      <source>Decided</source>
      <translation>Décidées</translation>
    </message>
    <message>
      <source>Decided by the environment variable {variable}.</source>
      <translation>Décidé par la variable d’environnement {variable}.</translation>
    </message>
    <message>
      <source>Decided: {place} ({level}).</source>
      <translation>Décidé : {place} ({level}).</translation>
    </message>
    <message>
      <source>Decision on a row</source>
      <translation>Décision sur une ligne</translation>
    </message>
    <message>
      <source>Delete…</source>
      <translation>Supprimer…</translation>
    </message>
    <message>
      <source>Demand</source>
      <translation>Demande</translation>
    </message>
    <message>
      <source>Demand: {total} in the field {field}, {off} of them too far from any road; {lost} features without a known figure or without geometry.</source>
      <translation>Demande : {total} dans le champ {field}, dont {off} trop loin de toute route ; {lost} entités sans chiffre connu ou sans géométrie.</translation>
    </message>
    <message>
      <source>Desire lines</source>
      <translation>Lignes de désir</translation>
    </message>
    <message>
      <source>Desire lines: {lines} lines for {told} of {ranked} clients; the others live in communes of too few clients, or would give them away.</source>
      <translation>Lignes de désir : {lines} lignes pour {told} clients sur {ranked} ; les autres habitent des communes de trop peu de clients, ou qui les trahiraient.</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Détails</translation>
    </message>
    <message>
      <source>Details ({count})…</source>
      <translation>Détail ({count})…</translation>
    </message>
    <message>
      <source>Dia&amp;gnosis</source>
      <translation>Dia&amp;gnostic</translation>
    </message>
    <message>
      <source>Diagnosis</source>
      <translation>Diagnostic</translation>
    </message>
    <message>
      <source>Did you mean {names}?</source>
      <translation>Vouliez-vous dire {names} ?</translation>
    </message>
    <message>
      <source>Different addresses sent: {count}.</source>
      <translation>Adresses différentes envoyées : {count}.</translation>
    </message>
    <message>
      <source>Digits put back, check digit verified</source>
      <translation>Chiffres rétablis, clé vérifiée</translation>
    </message>
    <message>
      <source>Direction of travel</source>
      <translation>Sens du trajet</translation>
    </message>
    <message>
      <source>Distance</source>
      <translation>Distance</translation>
    </message>
    <message>
      <source>Documents</source>
      <translation>Documents</translation>
    </message>
    <message>
      <source>Documents to write: odt (report to be edited), html (one file for a browser, without a network), xlsx (every figure), diaporama (16:9 slides, PDF), synthese (two pages, PDF).</source>
      <translation>Documents à écrire : odt (rapport à compléter), html (un seul fichier pour navigateur, sans réseau), xlsx (tous les chiffres), diaporama (diapositives 16:9, PDF), synthese (deux pages, PDF).</translation>
    </message>
    <message>
      <source>Dossier</source>
      <translation>Dossier du diagnostic</translation>
    </message>
    <message>
      <source>Dossier &amp;folder</source>
      <translation>&amp;Dossier à écrire</translation>
    </message>
    <message>
      <source>Dossier folder</source>
      <translation>Dossier à écrire</translation>
    </message>
    <message>
      <source>Dossiers left as they were</source>
      <translation>Dossiers laissés tels quels</translation>
    </message>
    <message>
      <source>Dossiers made</source>
      <translation>Dossiers établis</translation>
    </message>
    <message>
      <source>Dossiers of the structures</source>
      <translation>Dossiers des structures</translation>
    </message>
    <message>
      <source>Doubtful rows with a &amp;score of at least</source>
      <translation>Lignes douteuses d’un &amp;score d’au moins</translation>
    </message>
    <message>
      <source>Down ↓</source>
      <translation>Descendre ↓</translation>
    </message>
    <message>
      <source>Download official data</source>
      <translation>Télécharger les données officielles</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>Dupliquer</translation>
    </message>
    <message>
      <source>Duplicates left out</source>
      <translation>Doublons écartés</translation>
    </message>
    <message>
      <source>EPCI</source>
      <translation>EPCI</translation>
    </message>
    <message>
      <source>ESS only</source>
      <translation>ESS seulement</translation>
    </message>
    <message>
      <source>Each commune fills its map</source>
      <translation>Chaque commune remplit sa carte</translation>
    </message>
    <message>
      <source>Each place counts for its nearest site alone, and areas do not overlap.</source>
      <translation>Chaque lieu compte pour son seul site le plus proche, et les zones ne se recouvrent pas.</translation>
    </message>
    <message>
      <source>Edit a diagnosis profile…</source>
      <translation>Modifier un profil de diagnostic…</translation>
    </message>
    <message>
      <source>Edited profile</source>
      <translation>Profil modifié</translation>
    </message>
    <message>
      <source>Employed people who live in the zone</source>
      <translation>Actifs occupés qui habitent la zone</translation>
    </message>
    <message>
      <source>Empty, or the profile that the dossier was made with. Another profile has other figures and maps: it needs a new diagnosis.</source>
      <translation>Vide, ou le profil avec lequel le dossier a été fait. Un autre profil a d’autres chiffres et d’autres cartes : il demande un nouveau diagnostic.</translation>
    </message>
    <message>
      <source>Empty: chosen by the number of units (3 or 4 under twenty, then 4 to 6).</source>
      <translation>Vide : choisi selon le nombre d’unités (3 ou 4 en dessous de vingt, puis de 4 à 6).</translation>
    </message>
    <message>
      <source>Empty: recognised by its name and contents.</source>
      <translation>Vide : reconnu à son nom et à son contenu.</translation>
    </message>
    <message>
      <source>Emptying the cache…</source>
      <translation>Vidage du cache…</translation>
    </message>
    <message>
      <source>Ends of the bands of 2sfca, e2sfca or apl, separated by commas, for example 10,20,30. Empty: those of the method (catalogue/accessibility_bands.csv).</source>
      <translation>Fins des tranches de 2sfca, e2sfca ou apl, séparées par des virgules, par exemple 10,20,30. Vide : celles de la méthode (catalogue/accessibility_bands.csv).</translation>
    </message>
    <message>
      <source>Engine</source>
      <translation>Moteur</translation>
    </message>
    <message>
      <source>Engine pgrouting: names of the columns id, source, target, cost, reverse_cost and geom, in this order; costs in seconds, negative where closed. For osm2pgrouting: gid,source,target,cost_s,reverse_cost_s,the_geom.</source>
      <translation>Moteur pgrouting : noms des colonnes id, source, target, cost, reverse_cost et geom, dans cet ordre ; coûts en secondes, négatifs là où c’est fermé. Pour osm2pgrouting : gid,source,target,cost_s,reverse_cost_s,the_geom.</translation>
    </message>
    <message>
      <source>Engine pgrouting: table of the edges, with its schema if need be (public.ways).</source>
      <translation>Moteur pgrouting : table des arcs, avec son schéma si nécessaire (public.ways).</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Entrée</translation>
    </message>
    <message>
      <source>Esc</source>
      <translation>Échap</translation>
    </message>
    <message>
      <source>Establishments</source>
      <translation>Établissements</translation>
    </message>
    <message>
      <source>Establishments and places of interest…</source>
      <translation>Établissements et lieux utiles…</translation>
    </message>
    <message>
      <source>Establishments of the register, for example the output of Establishments.</source>
      <translation>Établissements du répertoire, par exemple la sortie de Établissements.</translation>
    </message>
    <message>
      <source>Establishments with their workforce (the output of Establishments), or any points of jobs.</source>
      <translation>Établissements avec leur effectif salarié (la sortie de Établissements), ou points d’emplois quelconques.</translation>
    </message>
    <message>
      <source>Every place is in the core zone: there is none left to compare with it.</source>
      <translation>Tous les lieux sont dans la zone cœur : il n’en reste aucun à lui comparer.</translation>
    </message>
    <message>
      <source>Everything is asked again</source>
      <translation>Tout est redemandé</translation>
    </message>
    <message>
      <source>Everything of the files that was not taken as it stands, with file, sheet and row. It quotes cells: keep it with the answers.</source>
      <translation>Tout ce qui, dans les fichiers, n’a pas été repris tel quel, avec le fichier, la feuille et la ligne. Des cellules y sont citées : conservez-le avec les réponses.</translation>
    </message>
    <message>
      <source>Everything that was said</source>
      <translation>Tout ce qui a été dit</translation>
    </message>
    <message>
      <source>Exponent of the attraction. Estimated when OBSERVED is given.</source>
      <translation>Exposant de l’attraction. Estimé si OBSERVED est donné.</translation>
    </message>
    <message>
      <source>Export corrections of addresses</source>
      <translation>Exporter les corrections d’adresses</translation>
    </message>
    <message>
      <source>Export rows not located</source>
      <translation>Exporter les lignes non localisées</translation>
    </message>
    <message>
      <source>Export rows not located (they hold personal data)</source>
      <translation>Exporter les lignes non localisées (elles contiennent des données personnelles)</translation>
    </message>
    <message>
      <source>Export what failed</source>
      <translation>Exporter les échecs</translation>
    </message>
    <message>
      <source>Exported corrections</source>
      <translation>Corrections exportées</translation>
    </message>
    <message>
      <source>F1</source>
      <translation>F1</translation>
    </message>
    <message>
      <source>Fall back to the commune</source>
      <translation>À défaut, placer à la commune</translation>
    </message>
    <message>
      <source>Farthest prospect from a site: minutes in mode time, kilometres in mode distance.</source>
      <translation>Prospect le plus éloigné d’un site : minutes en mode time, kilomètres en mode distance.</translation>
    </message>
    <message>
      <source>Farthest site that a commune considers, minutes or kilometres. Empty: all of them.</source>
      <translation>Site le plus éloigné qu’une commune envisage, en minutes ou en kilomètres. Vide : tous.</translation>
    </message>
    <message>
      <source>Farthest supply that counts: minutes on roads, else kilometres. It cuts the bands of e2sfca and apl where it is shorter.</source>
      <translation>Offre la plus éloignée qui compte : minutes par la route, à défaut kilomètres. Elle coupe les tranches de e2sfca et de apl si elle est plus courte.</translation>
    </message>
    <message>
      <source>Fetching: {what}.</source>
      <translation>Téléchargement : {what}.</translation>
    </message>
    <message>
      <source>Few rows are placed at a street. Check the columns of the address, postcode and town in step 2, and that the addresses cover the territory.</source>
      <translation>Peu de lignes sont placées à une voie. Vérifiez les colonnes de l’adresse, du code postal et de la commune à l’étape 2, et que les adresses couvrent le territoire.</translation>
    </message>
    <message>
      <source>Fewest clients of a place that takes part in their profile.</source>
      <translation>Plus petit nombre de clients d’un lieu qui compte dans leur profil.</translation>
    </message>
    <message>
      <source>Fewest clients of a shown count. It hides the observed clients of a site.</source>
      <translation>Plus petit nombre de clients d’un effectif montré. Il masque les clients observés d’un site.</translation>
    </message>
    <message>
      <source>Fewest clients of an activity, size or commune that may show through a score or a reason.</source>
      <translation>Plus petit nombre de clients d’une activité, d’une taille ou d’une commune qui puisse transparaître dans un score ou une raison.</translation>
    </message>
    <message>
      <source>Fewest clients that a zone must add to be counted and drawn.</source>
      <translation>Plus petit nombre de clients qu’une zone doit ajouter pour être comptée et dessinée.</translation>
    </message>
    <message>
      <source>Fewest observed clients</source>
      <translation>Nombre minimal de clients observés</translation>
    </message>
    <message>
      <source>Fewest people behind a shown figure.</source>
      <translation>Plus petit nombre de personnes derrière un chiffre montré.</translation>
    </message>
    <message>
      <source>Fewest people of a shown figure. Figures of the grid need 11 households whatever this count.</source>
      <translation>Plus petit nombre de personnes d’un chiffre montré. Les chiffres de la grille demandent 11 ménages, quel que soit cet effectif.</translation>
    </message>
    <message>
      <source>Fewest people of a shown flow. Flows below it are hidden.</source>
      <translation>Plus petit nombre de personnes d’un flux montré. Les flux inférieurs sont masqués.</translation>
    </message>
    <message>
      <source>Fewest people shown</source>
      <translation>Effectif minimal montré</translation>
    </message>
    <message>
      <source>Fewest points behind a shown figure. Counts of people below it are hidden.</source>
      <translation>Plus petit nombre de points derrière un chiffre montré. Les effectifs de personnes inférieurs sont masqués.</translation>
    </message>
    <message>
      <source>Fewest respondents behind the scores of a function: three or more. The lowest and the highest note are told from two more on.</source>
      <translation>Nombre minimal de répondants derrière les scores d’une fonction : trois ou plus. La note la plus basse et la plus haute ne sont dites qu’à partir de deux de plus.</translation>
    </message>
    <message>
      <source>Fictitious data of the demonstration.</source>
      <translation>Données fictives de la démonstration.</translation>
    </message>
    <message>
      <source>Fictitious data.</source>
      <translation>Données fictives.</translation>
    </message>
    <message>
      <source>Field by which the communes of the core count, for example the population. Empty: all alike.</source>
      <translation>Champ d’après lequel comptent les communes de la zone cœur, par exemple la population. Vide : toutes à égalité.</translation>
    </message>
    <message>
      <source>Field filled with this column</source>
      <translation>Champ rempli avec cette colonne</translation>
    </message>
    <message>
      <source>Field of a table that counts the clients of the row. Empty: each row is one client.</source>
      <translation>Champ d’une table qui compte les clients de la ligne. Vide : chaque ligne est un client.</translation>
    </message>
    <message>
      <source>Field of the clients that names their site. Empty: each client goes to the nearest site.</source>
      <translation>Champ des clients qui nomme leur site. Vide : chaque client va au site le plus proche.</translation>
    </message>
    <message>
      <source>Field of the clients whose sum is shared out (turnover, hours…); an empty or negative weight counts for zero. Left out: each client counts for one.</source>
      <translation>Champ des clients dont la somme est répartie (chiffre d’affaires, heures…) ; un poids vide ou négatif compte pour zéro. Sans champ : chaque client compte pour un.</translation>
    </message>
    <message>
      <source>Field of the code of their commune. Empty: where the point lies, else geo_citycode, codgeo…</source>
      <translation>Champ du code de leur commune. Vide : là où se trouve le point, à défaut geo_citycode, codgeo…</translation>
    </message>
    <message>
      <source>Field of the communes that counts people, when there are no points: they are taken to live in the middle of the commune.</source>
      <translation>Champ des communes qui compte les personnes, s’il n’y a pas de points : elles sont supposées habiter au milieu de la commune.</translation>
    </message>
    <message>
      <source>Field of the communes that counts the targets: households, job seekers, establishments…</source>
      <translation>Champ des communes qui compte la cible : ménages, demandeurs d’emploi, établissements…</translation>
    </message>
    <message>
      <source>Field of the communes to be shared out: households, inhabitants, expenditure…</source>
      <translation>Champ des communes à répartir : ménages, habitants, dépenses…</translation>
    </message>
    <message>
      <source>Field of the competitors, in the unit of ATTRACTION. Empty: the field of the same name.</source>
      <translation>Champ des concurrents, dans l’unité de ATTRACTION. Vide : le champ du même nom.</translation>
    </message>
    <message>
      <source>Field of the count that the variables are related to: population, households…</source>
      <translation>Champ de l’effectif auquel les variables sont rapportées : population, ménages…</translation>
    </message>
    <message>
      <source>Field of the demand that counts the people: inhabitants, job seekers, children under three… It does not enter Hansen's potential.</source>
      <translation>Champ de la demande qui compte les personnes : habitants, demandeurs d’emploi, enfants de moins de trois ans… Il n’entre pas dans le potentiel de Hansen.</translation>
    </message>
    <message>
      <source>Field of the number of jobs. Empty: the middle of the slice of workforce (tranche) where there is one, else one for each place.</source>
      <translation>Champ du nombre d’emplois. Vide : le milieu de la tranche d’effectif (tranche) s’il y en a une, à défaut un par lieu.</translation>
    </message>
    <message>
      <source>Field of the observed clients that names their site, as SITE_FIELD does.</source>
      <translation>Champ des clients observés qui nomme leur site, comme le fait SITE_FIELD.</translation>
    </message>
    <message>
      <source>Field of the points that names the site (or the commune) of each person. May stay empty when there is one site.</source>
      <translation>Champ des points qui nomme le site (ou la commune) de chaque personne. Peut rester vide s’il n’y a qu’un site.</translation>
    </message>
    <message>
      <source>Field of the points whose sum stands for the count (turnover, hours…). Secrecy still goes by the number of points, and hides a commune where one point holds more than 85 % of the weight.</source>
      <translation>Champ des points dont la somme tient lieu d’effectif (chiffre d’affaires, heures…). Le secret se juge toujours sur le nombre de points, et masque une commune où un seul point pèse plus de 85 % du total.</translation>
    </message>
    <message>
      <source>Field of the sites that says how much they draw: surface, capacity, staff, jobs…</source>
      <translation>Champ des sites qui dit combien ils attirent : surface, capacité, personnel, emplois…</translation>
    </message>
    <message>
      <source>Field of the supply that counts what it offers: places, full-time equivalents, jobs…</source>
      <translation>Champ de l’offre qui compte ce qu’elle propose : places, équivalents temps plein, emplois…</translation>
    </message>
    <message>
      <source>Field that counts people, households, job seekers… A rate or a median cannot be summed up. Unknown and secret figures take no part and are told.</source>
      <translation>Champ qui compte des personnes, des ménages, des demandeurs d’emploi… Un taux ou une médiane ne peut pas être additionné. Les chiffres inconnus et secrets ne comptent pas et sont signalés.</translation>
    </message>
    <message>
      <source>Field that names the sites, also among the competitors. Empty: nom, name… when there is one.</source>
      <translation>Champ qui nomme les sites, y compris chez les concurrents. Vide : nom, name… s’il y en a un.</translation>
    </message>
    <message>
      <source>Field that names the zones; zones of one name count as one. Empty: site and zone of a catchment, else a number.</source>
      <translation>Champ qui nomme les zones ; les zones de même nom comptent pour une. Vide : site et zone d’une chalandise, à défaut un numéro.</translation>
    </message>
    <message>
      <source>Fields that count people, households… of a kind. Rates and medians cannot be summed up and are refused.</source>
      <translation>Champs qui comptent des personnes, des ménages… d’une sorte. Les taux et les médianes ne peuvent pas être additionnés et sont refusés.</translation>
    </message>
    <message>
      <source>Figure</source>
      <translation>Chiffre</translation>
    </message>
    <message>
      <source>Figures</source>
      <translation>Chiffres</translation>
    </message>
    <message>
      <source>Figures beside the map (4 at most)</source>
      <translation>Chiffres à côté de la carte (4 au plus)</translation>
    </message>
    <message>
      <source>Figures compared, in a table and a chart</source>
      <translation>Chiffres comparés, en tableau et en graphique</translation>
    </message>
    <message>
      <source>Figures of the territory and of the units around it.</source>
      <translation>Chiffres du territoire et des unités qui l’entourent.</translation>
    </message>
    <message>
      <source>Figures of the zone: id, label, value, text as printed.</source>
      <translation>Chiffres de la zone : id, label, value, text tel qu’imprimé.</translation>
    </message>
    <message>
      <source>Figures of zones</source>
      <translation>Statistiques de zones</translation>
    </message>
    <message>
      <source>Figures on the page of each commune (8 at most)</source>
      <translation>Chiffres sur la page de chaque commune (8 au plus)</translation>
    </message>
    <message>
      <source>Figures: {titles}</source>
      <translation>Chiffres : {titles}</translation>
    </message>
    <message>
      <source>File of &amp;corrections</source>
      <translation>Fichier de &amp;corrections</translation>
    </message>
    <message>
      <source>File of corrections</source>
      <translation>Fichier de corrections</translation>
    </message>
    <message>
      <source>File or folder of BAN addresses (csv, csv.gz). Left empty, those of the services or of the data folder are used.</source>
      <translation>Fichier ou dossier d’adresses de la BAN (csv, csv.gz). Vide : celles des services ou du dossier de données sont utilisées.</translation>
    </message>
    <message>
      <source>File read again without regard to quotation marks</source>
      <translation>Fichier relu sans tenir compte des guillemets</translation>
    </message>
    <message>
      <source>File to try</source>
      <translation>Fichier à essayer</translation>
    </message>
    <message>
      <source>File to write (.batch).</source>
      <translation>Fichier à écrire (.batch).</translation>
    </message>
    <message>
      <source>File: {file}</source>
      <translation>Fichier : {file}</translation>
    </message>
    <message>
      <source>Files and folders that could not be read while looking for those of the structure: {count} (the first: {file}, {reason}).</source>
      <translation>Fichiers et dossiers illisibles pendant la recherche de ceux de la structure : {count} (le premier : {file}, {reason}).</translation>
    </message>
    <message>
      <source>Files fetched</source>
      <translation>Fichiers téléchargés</translation>
    </message>
    <message>
      <source>Files kept on this machine</source>
      <translation>Fichiers conservés sur cette machine</translation>
    </message>
    <message>
      <source>Files looked at so far: {count}.</source>
      <translation>Fichiers examinés jusqu’ici : {count}.</translation>
    </message>
    <message>
      <source>Files of interrupted runs</source>
      <translation>Fichiers d’exécutions interrompues</translation>
    </message>
    <message>
      <source>Files of the demonstration</source>
      <translation>Fichiers de la démonstration</translation>
    </message>
    <message>
      <source>Files that could not be removed, as they are in use or protected: {count}.</source>
      <translation>Fichiers qui n’ont pas pu être supprimés, car utilisés ou protégés : {count}.</translation>
    </message>
    <message>
      <source>First rows of the file</source>
      <translation>Premières lignes du fichier</translation>
    </message>
    <message>
      <source>Fit to be shared</source>
      <translation>Peut être transmis</translation>
    </message>
    <message>
      <source>Flows</source>
      <translation>Flux</translation>
    </message>
    <message>
      <source>Flows of the census under 200 people are not precise: read orders of magnitude.</source>
      <translation>Les flux du recensement inférieurs à 200 personnes ne sont pas précis : lisez-les comme des ordres de grandeur.</translation>
    </message>
    <message>
      <source>Folder of official files</source>
      <translation>Dossier des fichiers officiels</translation>
    </message>
    <message>
      <source>Folder of official files, as published or as Download official data writes them, zipped or not, in subfolders or not: each one is recognised by its headers.</source>
      <translation>Dossier de fichiers officiels, tels qu’ils sont publiés ou que Télécharger les données officielles les écrit, compressés ou non, dans des sous-dossiers ou non : chacun est reconnu à ses en-têtes.</translation>
    </message>
    <message>
      <source>Folder of official files. Needed when the dossier was made from one; the files of the structure are looked for in it too.</source>
      <translation>Dossier de fichiers officiels. Nécessaire si le dossier de diagnostic en vient ; les fichiers de la structure y sont cherchés aussi.</translation>
    </message>
    <message>
      <source>Folder of official statistics of communes, for the rates whose numerator and denominator the layer of indicators does not hold.</source>
      <translation>Dossier de statistiques officielles des communes, pour les taux dont la couche d’indicateurs ne contient ni le numérateur ni le dénominateur.</translation>
    </message>
    <message>
      <source>Folder of the colours, logo, photo, fonts and layer styles that documents begin with. Empty: those of the plugin.</source>
      <translation>Dossier des couleurs, du logo, de la photo, des polices et des styles de couches proposés pour les documents. Vide : ceux de l’extension.</translation>
    </message>
    <message>
      <source>Folder of the dossier</source>
      <translation>Dossier du diagnostic</translation>
    </message>
    <message>
      <source>Folder of the dossier. An earlier dossier there is replaced once the new one is complete.</source>
      <translation>Dossier du diagnostic. Un dossier antérieur au même endroit est remplacé une fois le nouveau complet.</translation>
    </message>
    <message>
      <source>Folder of the dossiers</source>
      <translation>Dossier des diagnostics</translation>
    </message>
    <message>
      <source>Folder of the house style: its fonts, which the layouts may need, and its logo and photo where pages are built anew. Empty: none.</source>
      <translation>Dossier de la charte graphique : ses polices, dont les mises en page peuvent avoir besoin, son logo et sa photo là où les pages sont refaites. Vide : aucune.</translation>
    </message>
    <message>
      <source>Folder of the new dossier. An earlier dossier there is replaced once the new one is complete.</source>
      <translation>Emplacement du nouveau dossier. Un dossier antérieur qui s’y trouve est remplacé une fois le nouveau complet.</translation>
    </message>
    <message>
      <source>Folder of the radar, the pages and the workbook; several structures have a folder each below it.</source>
      <translation>Dossier du radar, des pages et du classeur ; avec plusieurs structures, chacune y a son sous-dossier.</translation>
    </message>
    <message>
      <source>Folder of the structure's files</source>
      <translation>Dossier des fichiers de la structure</translation>
    </message>
    <message>
      <source>Folder of the tables</source>
      <translation>Dossier des tableaux</translation>
    </message>
    <message>
      <source>Folder of your house style: colours, logo, photo, fonts and layer styles (docs/styles.md says how to make one). Left empty, that of the plugin.</source>
      <translation>Dossier de votre charte graphique : couleurs, logo, photo, polices et styles de couches (docs/styles.md dit comment la composer). Laissé vide : celle de l’extension.</translation>
    </message>
    <message>
      <source>Folder that a full diagnosis has written (it holds diagnostic.qgz and contexte.json).</source>
      <translation>Dossier qu’un diagnostic complet a écrit (il contient diagnostic.qgz et contexte.json).</translation>
    </message>
    <message>
      <source>Folder that a full diagnosis has written (it holds diagnostic.qgz).</source>
      <translation>Dossier écrit par un diagnostic complet (il contient diagnostic.qgz).</translation>
    </message>
    <message>
      <source>Folder that holds Insee's table of commune changes, for a table of flows older than the communes: flows of merged communes are summed.</source>
      <translation>Dossier qui contient la table des changements de communes de l’Insee, pour une table de flux plus ancienne que les communes : les flux des communes fusionnées sont additionnés.</translation>
    </message>
    <message>
      <source>Folder to fill. What was fetched there for another territory is removed; your own files stay.</source>
      <translation>Dossier à remplir. Ce qui y a été téléchargé pour un autre territoire est retiré ; vos propres fichiers restent.</translation>
    </message>
    <message>
      <source>Folder where the Sirène files are recognised by their headers when STOCK is empty, and where the table of commune changes is looked for.</source>
      <translation>Dossier où les fichiers Sirène sont reconnus à leurs en-têtes quand STOCK est vide, et où la table des changements de communes est cherchée.</translation>
    </message>
    <message>
      <source>Folder where the workbooks are written.</source>
      <translation>Dossier où les classeurs sont écrits.</translation>
    </message>
    <message>
      <source>Forecast rings</source>
      <translation>Anneaux prévus</translation>
    </message>
    <message>
      <source>Forget what was told of its columns</source>
      <translation>Oublier ce qui a été dit de ses colonnes</translation>
    </message>
    <message>
      <source>Format of the atlas that is proposed.</source>
      <translation>Format d’atlas proposé.</translation>
    </message>
    <message>
      <source>Format of the atlas, landscape: A4, or A3 (the same pages, larger). 16:9 prints the slides of the plenary restitution.</source>
      <translation>Format de l’atlas, à l’italienne : A4, ou A3 (les mêmes pages, agrandies). 16:9 imprime les diapositives de la restitution plénière.</translation>
    </message>
    <message>
      <source>Format of the atlas, landscape: A4, or A3 (the same pages, larger). 16:9: an A4 atlas, and the slides whatever FORMATS says.</source>
      <translation>Format de l’atlas, à l’italienne : A4, ou A3 (les mêmes pages, agrandies). 16:9 : un atlas A4, et les diapositives quoi que dise FORMATS.</translation>
    </message>
    <message>
      <source>Formula at the start of a cell</source>
      <translation>Formule en début de cellule</translation>
    </message>
    <message>
      <source>Found: {place} ({level}).</source>
      <translation>Trouvé : {place} ({level}).</translation>
    </message>
    <message>
      <source>Found: {place} ({level}, score {score}).</source>
      <translation>Trouvé : {place} ({level}, score {score}).</translation>
    </message>
    <message>
      <source>France</source>
      <translation>La France</translation>
    </message>
    <message>
      <source>France services houses</source>
      <translation>espaces France services</translation>
    </message>
    <message>
      <source>France services: {count} houses in the communes, {all} in the whole list.</source>
      <translation>France services : {count} espaces dans les communes, {all} dans toute la liste.</translation>
    </message>
    <message>
      <source>Freed: {size}.</source>
      <translation>Libéré : {size}.</translation>
    </message>
    <message>
      <source>From a territory and the spreadsheets of your structure, Coodiag makes a territorial diagnosis: maps, an atlas ready to print, a report to edit, slides.</source>
      <translation>À partir d’un territoire et des tableaux de votre structure, Coodiag fait un diagnostic territorial : cartes, atlas prêt à imprimer, rapport à modifier, diaporama.</translation>
    </message>
    <message>
      <source>From where clients are ranked: site, or the mean or median centre of the clients of each site.</source>
      <translation>D’où les clients sont rangés : site, ou le centre moyen ou médian des clients de chaque site.</translation>
    </message>
    <message>
      <source>Full diagnosis</source>
      <translation>Diagnostic complet</translation>
    </message>
    <message>
      <source>Full diagnosis of a table of structures, with its batch file</source>
      <translation>Diagnostics complets des structures d’un tableau, avec leur fichier de lot</translation>
    </message>
    <message>
      <source>Full diagnosis of several structures</source>
      <translation>Diagnostic complet de plusieurs structures</translation>
    </message>
    <message>
      <source>GAMMA and LAMBDA cannot be estimated with the decay {decay}: these clients let them take any value (they all go to the nearest or the largest site, or another decay fits as well). Choose another decay, or leave OBSERVED empty to use GAMMA and LAMBDA as given.</source>
      <translation>GAMMA et LAMBDA ne peuvent pas être estimés avec la décroissance {decay} : ces clients leur laissent prendre n’importe quelle valeur (ils vont tous au site le plus proche ou au plus grand, ou une autre décroissance convient aussi bien). Choisissez une autre décroissance, ou laissez OBSERVED vide pour utiliser GAMMA et LAMBDA tels qu’ils sont donnés.</translation>
    </message>
    <message>
      <source>GAMMA and LAMBDA cannot be estimated: the clients go to {sites} site, and a choice needs two. Give clients of several sites, or leave OBSERVED empty to use GAMMA and LAMBDA as given.</source>
      <translation>GAMMA et LAMBDA ne peuvent pas être estimés : les clients vont à {sites} site, et un choix en demande deux. Donnez des clients de plusieurs sites, ou laissez OBSERVED vide pour utiliser GAMMA et LAMBDA tels qu’ils sont donnés.</translation>
    </message>
    <message>
      <source>GAMMA and LAMBDA cannot be told from each other: the larger site is always the nearer one, or the farther one, in the same proportion. Give more places or more sites, or leave OBSERVED empty to use GAMMA and LAMBDA as given.</source>
      <translation>GAMMA et LAMBDA ne se distinguent pas l’un de l’autre : le plus grand site est toujours le plus proche, ou le plus éloigné, dans la même proportion. Donnez plus de lieux ou plus de sites, ou laissez OBSERVED vide pour utiliser GAMMA et LAMBDA tels qu’ils sont donnés.</translation>
    </message>
    <message>
      <source>GAMMA cannot be estimated: the sites among which the clients choose have the same attraction. Choose another field, or leave OBSERVED empty to use GAMMA and LAMBDA as given.</source>
      <translation>GAMMA ne peut pas être estimé : les sites entre lesquels les clients choisissent ont la même attraction. Choisissez un autre champ, ou laissez OBSERVED vide pour utiliser GAMMA et LAMBDA tels qu’ils sont donnés.</translation>
    </message>
    <message>
      <source>Gamma</source>
      <translation>Gamma</translation>
    </message>
    <message>
      <source>Gamma used</source>
      <translation>Gamma employé</translation>
    </message>
    <message>
      <source>Gaps from a centre</source>
      <translation>Écarts à un centre</translation>
    </message>
    <message>
      <source>Generalise hulls to a 500 m grid and round reaches up, so that the layer can be handed out. Without it the layer and the log are for internal use only.</source>
      <translation>Généralise les enveloppes sur une grille de 500 m et arrondit les portées au-dessus, pour que la couche puisse être transmise. Sans cela, la couche et le journal sont réservés à l’usage interne.</translation>
    </message>
    <message>
      <source>GeoPackage</source>
      <translation>GeoPackage</translation>
    </message>
    <message>
      <source>Geocode a corrected export</source>
      <translation>Géocoder un export corrigé</translation>
    </message>
    <message>
      <source>Geocode addresses</source>
      <translation>Géocoder des adresses</translation>
    </message>
    <message>
      <source>Geocoding</source>
      <translation>Géocodage</translation>
    </message>
    <message>
      <source>Geocoding service</source>
      <translation>Service de géocodage</translation>
    </message>
    <message>
      <source>Give a table of actors, among the tables of the analyst.</source>
      <translation>Donnez une table d’acteurs, parmi les tableaux de l’analyste.</translation>
    </message>
    <message>
      <source>Give a table of answers, among the tables of the analyst.</source>
      <translation>Donnez une table de réponses, parmi les tableaux de l’analyste.</translation>
    </message>
    <message>
      <source>Give an action plan, among the tables of the analyst.</source>
      <translation>Donnez un plan d’action, parmi les tableaux de l’analyste.</translation>
    </message>
    <message>
      <source>Give located people (POINTS) or a table of flows (FLOWS), one of them.</source>
      <translation>Donnez des personnes localisées (POINTS) ou une table de flux (FLOWS), l’un des deux.</translation>
    </message>
    <message>
      <source>Give located people (POINTS), or the field of the communes that counts them (COUNT), one of them.</source>
      <translation>Donnez des personnes localisées (POINTS), ou le champ des communes qui les compte (COUNT), l’un des deux.</translation>
    </message>
    <message>
      <source>Give located people (POINTS), or the field of the communes that counts them (COUNT).</source>
      <translation>Donnez des personnes localisées (POINTS), ou le champ des communes qui les compte (COUNT).</translation>
    </message>
    <message>
      <source>Give the address alone, without “?” or “#” and what follows.</source>
      <translation>Donnez l’adresse seule, sans « ? » ni « # » ni ce qui suit.</translation>
    </message>
    <message>
      <source>Give the address up</source>
      <translation>Abandonner l’adresse</translation>
    </message>
    <message>
      <source>Give the file a name that ends in .csv, .xlsx, .ods or .gpkg.</source>
      <translation>Donnez au fichier un nom qui finit par .csv, .xlsx, .ods ou .gpkg.</translation>
    </message>
    <message>
      <source>Give the file of the beneficiaries.</source>
      <translation>Donnez le fichier des bénéficiaires.</translation>
    </message>
    <message>
      <source>Give the file of the clients.</source>
      <translation>Donnez le fichier des clients.</translation>
    </message>
    <message>
      <source>Give the file of the sites.</source>
      <translation>Donnez le fichier des sites.</translation>
    </message>
    <message>
      <source>Give the file or the folder of the answers.</source>
      <translation>Donnez le fichier ou le dossier des réponses.</translation>
    </message>
    <message>
      <source>Give the files of the Base Adresse Nationale, or have a service locate the addresses.</source>
      <translation>Donnez les fichiers de la Base Adresse Nationale, ou faites localiser les adresses par un service.</translation>
    </message>
    <message>
      <source>Give the indicators of communes or IRIS (INDICATORS), or a grid (GRID).</source>
      <translation>Donnez les indicateurs des communes ou des IRIS (INDICATORS), ou une grille (GRID).</translation>
    </message>
    <message>
      <source>Give the name of the structure.</source>
      <translation>Donnez le nom de la structure.</translation>
    </message>
    <message>
      <source>Give the whole path of the folder, from the root: {folder}.</source>
      <translation>Donnez le chemin complet du dossier, depuis la racine : {folder}.</translation>
    </message>
    <message>
      <source>Give up (Del)</source>
      <translation>Abandonner (Suppr)</translation>
    </message>
    <message>
      <source>Give zones, clients, or both: there is nothing to profile.</source>
      <translation>Donnez des zones, des clients, ou les deux : il n’y a rien dont faire le profil.</translation>
    </message>
    <message>
      <source>Given up.</source>
      <translation>Abandonnée.</translation>
    </message>
    <message>
      <source>Go there</source>
      <translation>Y aller</translation>
    </message>
    <message>
      <source>Go to the next problem</source>
      <translation>Aller au problème suivant</translation>
    </message>
    <message>
      <source>Grid</source>
      <translation>Grille</translation>
    </message>
    <message>
      <source>Grid of objectives</source>
      <translation>Grille d’objectifs</translation>
    </message>
    <message>
      <source>Grid: {count} squares of {people} people near the zones, {outside} rows elsewhere.</source>
      <translation>Grille : {count} carreaux et {people} personnes près des zones, {outside} lignes ailleurs.</translation>
    </message>
    <message>
      <source>HTML codes in the text</source>
      <translation>Codes HTML dans le texte</translation>
    </message>
    <message>
      <source>Hide the &amp;details</source>
      <translation>Masquer le &amp;détail</translation>
    </message>
    <message>
      <source>Holes of a polygon under this area are filled: places that are not reached, such as fields between roads, then count as reached. inside_error tells how many. 0 fills none.</source>
      <translation>Les trous d’un polygone sous cette surface sont comblés : des lieux qui ne sont pas atteints, comme les champs entre les routes, comptent alors comme atteints. inside_error dit combien. 0 n’en comble aucun.</translation>
    </message>
    <message>
      <source>Hours</source>
      <translation>Heures</translation>
    </message>
    <message>
      <source>House number</source>
      <translation>Numéro dans la voie</translation>
    </message>
    <message>
      <source>House style</source>
      <translation>Charte graphique</translation>
    </message>
    <message>
      <source>How a supply of hansen counts less when it is farther: power t^λ, exponential e^(λt), logistic 1/(1+e^(λ1+λ2·t)).</source>
      <translation>Façon dont une offre de hansen compte moins quand elle est plus loin : power t^λ, exponential e^(λt), logistic 1/(1+e^(λ1+λ2·t)).</translation>
    </message>
    <message>
      <source>How classes are cut: auto, quantile, fisher (natural breaks), q6 (0, 5, 25, 50, 75, 95, 100 %), msd (mean and standard deviation), headtail, geometric (geometric progression, figures above zero), equal (equal intervals) or fixed.</source>
      <translation>Découpage des classes : auto, quantile, fisher (seuils naturels), q6 (0, 5, 25, 50, 75, 95, 100 %), msd (moyenne et écart-type), headtail, geometric (progression géométrique, chiffres au-dessus de zéro), equal (intervalles égaux) ou fixed (seuils donnés).</translation>
    </message>
    <message>
      <source>How clients are ranked: time (travel time from the site, needs ROADS), distance (as the crow flies, or by road: see DISTANCE) or commune (share of the commune, largest first; needs COMMUNES).</source>
      <translation>Façon de ranger les clients : time (temps de trajet depuis le site, demande ROADS), distance (à vol d’oiseau, ou par la route : voir DISTANCE) ou commune (part de la commune, la plus grande d’abord ; demande COMMUNES).</translation>
    </message>
    <message>
      <source>How many</source>
      <translation>Nombre à retenir</translation>
    </message>
    <message>
      <source>How many of them each ring is to hold, separated by commas.</source>
      <translation>Nombres de ces unités que chaque anneau doit réunir, séparés par des virgules.</translation>
    </message>
    <message>
      <source>How the addresses of the files are placed on the map. On this machine nothing leaves it; a service receives addresses, and what it receives is shown before.</source>
      <translation>Comment les adresses des fichiers sont placées sur la carte. Sur cette machine, rien n’en sort ; un service reçoit des adresses, et ce qu’il reçoit est montré avant.</translation>
    </message>
    <message>
      <source>How the draw falls with the cost t: power t^λ, exponential e^(λt), logistic 1/(1+e^(λ1+λ2·t)).</source>
      <translation>Façon dont l’attraction baisse avec le coût t : power t^λ, exponential e^(λt), logistic 1/(1+e^(λ1+λ2·t)).</translation>
    </message>
    <message>
      <source>How the parts that a limit crosses are shared. grid: by their people in the squares of GRID. area: by surface. centroid: all to the zone that holds their centre.</source>
      <translation>Façon de partager les parties qu’une limite traverse. grid : selon leurs personnes dans les carreaux de GRID. area : selon la surface. centroid : en entier à la zone qui contient leur centre.</translation>
    </message>
    <message>
      <source>Huff model</source>
      <translation>Modèle de Huff</translation>
    </message>
    <message>
      <source>Huff: {communes} communes, {sites} sites; {shared} of {total} units of demand are shared out. {none} communes reach no site and have no figure; {unknown} have no known demand.</source>
      <translation>Huff : {communes} communes, {sites} sites ; {shared} unités de demande sur {total} sont réparties. {none} communes n’atteignent aucun site et n’ont pas de chiffre ; {unknown} n’ont pas de demande connue.</translation>
    </message>
    <message>
      <source>IGN, Insee, Sirène… are asked for the territory by its codes. Your files are not sent. How people are located is chosen in step 3.</source>
      <translation>L’IGN, l’Insee, Sirène… sont interrogés sur le territoire par ses codes. Vos fichiers ne sont pas envoyés. La façon de localiser les personnes se choisit à l’étape 3.</translation>
    </message>
    <message>
      <source>INSEE code of a commune in the column of the postcode</source>
      <translation>Code commune Insee dans la colonne du code postal</translation>
    </message>
    <message>
      <source>Identical rows without a name or a number, kept: {count}.</source>
      <translation>Lignes identiques sans nom ni identifiant, gardées : {count}.</translation>
    </message>
    <message>
      <source>Identifier of a catalogue indicator or name of a field. Empty: the first indicator found in the layer, else its first number.</source>
      <translation>Identifiant d’un indicateur du catalogue ou nom d’un champ. Vide : le premier indicateur trouvé dans la couche, à défaut son premier nombre.</translation>
    </message>
    <message>
      <source>Identifier of the indicator to map, for example taux_chomage (docs/indicators.md lists them). Empty: the first one of the profile.</source>
      <translation>Identifiant de l’indicateur à cartographier, par exemple taux_chomage (docs/indicators.md les liste). Vide : le premier du profil.</translation>
    </message>
    <message>
      <source>Import a structure's table</source>
      <translation>Importer un tableau de la structure</translation>
    </message>
    <message>
      <source>Import and sources</source>
      <translation>Import et sources</translation>
    </message>
    <message>
      <source>Import corrections of addresses</source>
      <translation>Importer des corrections d’adresses</translation>
    </message>
    <message>
      <source>In all: {size}.</source>
      <translation>En tout : {size}.</translation>
    </message>
    <message>
      <source>In the file</source>
      <translation>Dans le fichier</translation>
    </message>
    <message>
      <source>In the order distance: air (as the crow flies) or roads (kilometres of road, needs ROADS).</source>
      <translation>Dans l’ordre distance : air (à vol d’oiseau) ou roads (kilomètres par la route, demande ROADS).</translation>
    </message>
    <message>
      <source>Indicator</source>
      <translation>Indicateur</translation>
    </message>
    <message>
      <source>Indicator on the map</source>
      <translation>Indicateur de la carte</translation>
    </message>
    <message>
      <source>Indicators</source>
      <translation>Indicateurs</translation>
    </message>
    <message>
      <source>Indicators by commune</source>
      <translation>Indicateurs par commune</translation>
    </message>
    <message>
      <source>Indicators by theme</source>
      <translation>Indicateurs par thème</translation>
    </message>
    <message>
      <source>Indicators by which the most similar territories are found</source>
      <translation>Indicateurs d’après lesquels se trouvent les territoires semblables</translation>
    </message>
    <message>
      <source>Indicators of a territory</source>
      <translation>Indicateurs d’un territoire</translation>
    </message>
    <message>
      <source>Indicators of the page of key figures</source>
      <translation>Indicateurs de la page des chiffres clés</translation>
    </message>
    <message>
      <source>Indicators that are the same everywhere, or unknown in the core, tell nothing: {fields}.</source>
      <translation>Des indicateurs identiques partout, ou inconnus dans la zone cœur, n’apprennent rien : {fields}.</translation>
    </message>
    <message>
      <source>Indicators to compare by. Rates say more than counts, which mostly tell the size.</source>
      <translation>Indicateurs d’après lesquels comparer. Les taux en disent plus que les effectifs, qui disent surtout la taille.</translation>
    </message>
    <message>
      <source>Inner breaks in increasing order, separated by semicolons: 5;7.5;10.</source>
      <translation>Bornes intérieures par ordre croissant, séparées par des points-virgules : 5;7,5;10.</translation>
    </message>
    <message>
      <source>Insee's grid of 200 m or 1 km (Filosofi): squares, points, or the table with identifiers of squares (idcar_200m). Its own figures are added, whatever the method.</source>
      <translation>Grille de l’Insee de 200 m ou de 1 km (Filosofi) : carreaux, points, ou table avec les identifiants des carreaux (idcar_200m). Ses propres chiffres sont ajoutés, quelle que soit la méthode.</translation>
    </message>
    <message>
      <source>Insee, API Melodi: the catalogue does not say where to find {variables}. Add them to catalogue/melodi.csv, or take the files of Insee.</source>
      <translation>Insee, API Melodi : le catalogue ne dit pas où trouver {variables}. Ajoutez-les à catalogue/melodi.csv, ou prenez les fichiers de l’Insee.</translation>
    </message>
    <message>
      <source>Insee, API Melodi: the description of {dataset} could not be read, its codes are taken from its figures.</source>
      <translation>Insee, API Melodi : la description de {dataset} n’a pas pu être lue, ses codes sont pris dans ses chiffres.</translation>
    </message>
    <message>
      <source>Insee, API Melodi: {dataset} announces {count} lines and gives {given}. Try again later.</source>
      <translation>Insee, API Melodi : {dataset} annonce {count} lignes et en donne {given}. Réessayez plus tard.</translation>
    </message>
    <message>
      <source>Insee, API Melodi: {dataset} has no figure for this territory ({variables}).</source>
      <translation>Insee, API Melodi : {dataset} n’a aucun chiffre pour ce territoire ({variables}).</translation>
    </message>
    <message>
      <source>Insee, API Melodi: {dataset} is left out ({variables}). {reason}</source>
      <translation>Insee, API Melodi : {dataset} est laissé de côté ({variables}). {reason}</translation>
    </message>
    <message>
      <source>Insee, API Melodi: {dataset} no longer has the codes of {variable} (dimension {dimension}). Take the file of Insee for it, or look for a newer version of Coodiag.</source>
      <translation>Insee, API Melodi : {dataset} n’a plus les codes de {variable} (dimension {dimension}). Prenez le fichier de l’Insee à la place, ou cherchez une version plus récente de Coodiag.</translation>
    </message>
    <message>
      <source>Insee, API Melodi: {dataset}.</source>
      <translation>Insee, API Melodi : {dataset}.</translation>
    </message>
    <message>
      <source>Insee, API Melodi: {variables} are not asked for ({reason}). The file {file} gives them.</source>
      <translation>Insee, API Melodi : {variables} ne sont pas demandées ({reason}). Le fichier {file} les donne.</translation>
    </message>
    <message>
      <source>Insee, API Melodi: {variable} comes with several figures for the unit {unit} in {year}; the dataset has changed. Look for a newer version of Coodiag.</source>
      <translation>Insee, API Melodi : {variable} a plusieurs chiffres pour l’unité {unit} en {year} ; le jeu de données a changé. Cherchez une version plus récente de Coodiag.</translation>
    </message>
    <message>
      <source>Interrupted geocodings, to be resumed</source>
      <translation>Géocodages interrompus, à reprendre</translation>
    </message>
    <message>
      <source>Invisible control characters</source>
      <translation>Caractères de contrôle invisibles</translation>
    </message>
    <message>
      <source>Isochrones</source>
      <translation>Isochrones</translation>
    </message>
    <message>
      <source>Issues</source>
      <translation>Anomalies</translation>
    </message>
    <message>
      <source>Its content has changed: {file}.</source>
      <translation>Son contenu a changé : {file}.</translation>
    </message>
    <message>
      <source>Its places: name and address.</source>
      <translation>Ses lieux : nom et adresse.</translation>
    </message>
    <message>
      <source>JSON by file, only for what is not recognised by itself: {"clients": {"sheet": "Feuil1", "columns": {"address": "Adresse du client", "naf": ""}}}. Files: sites, clients, beneficiaries. Fields as in Import a structure's table. A sheet and a column are told by name, or by number from 1; an empty name leaves the field out.</source>
      <translation>JSON par fichier, seulement pour ce qui n’est pas reconnu tout seul : {"clients": {"sheet": "Feuil1", "columns": {"address": "Adresse du client", "naf": ""}}}. Fichiers : sites, clients, beneficiaries. Champs : ceux d’Importer un tableau de la structure. Une feuille et une colonne se désignent par leur nom, ou par leur numéro à partir de 1 ; un nom vide laisse le champ de côté.</translation>
    </message>
    <message>
      <source>JSON file to edit. Its name becomes the id of the profile.</source>
      <translation>Fichier JSON à modifier. Son nom devient l’identifiant du profil.</translation>
    </message>
    <message>
      <source>JSON: field → column, for example {"address": "Adresse du client", "city": "Ville"}. Fields: ref, name, address, complement, postcode, city, citycode, siret, naf, turnover, hours, date, site; number, repetition, street_type, street for an address in several columns. An empty column name leaves the field out.</source>
      <translation>JSON : champ → colonne, par exemple {"address": "Adresse du client", "city": "Ville"}. Champs : ref, name, address, complement, postcode, city, citycode, siret, naf, turnover, hours, date, site ; number, repetition, street_type, street pour une adresse en plusieurs colonnes. Un nom de colonne vide écarte le champ.</translation>
    </message>
    <message>
      <source>Jobs</source>
      <translation>Emplois</translation>
    </message>
    <message>
      <source>Jobs for 100 employed people of the zone</source>
      <translation>Emplois pour 100 actifs occupés de la zone</translation>
    </message>
    <message>
      <source>Jobs of the zone held by people of the table</source>
      <translation>Emplois de la zone tenus par des actifs de la table</translation>
    </message>
    <message>
      <source>Jobs offered and qualifications</source>
      <translation>Emplois offerts et qualifications</translation>
    </message>
    <message>
      <source>Keep only the social and solidarity economy: Sirène's flag, else the legal forms of the statistical perimeter (the log says which).</source>
      <translation>Ne garde que l’économie sociale et solidaire : l’indicateur de Sirène, à défaut les formes juridiques du périmètre statistique (le journal dit lequel des deux).</translation>
    </message>
    <message>
      <source>Keep the style in the GeoPackage</source>
      <translation>Conserver le style dans le GeoPackage</translation>
    </message>
    <message>
      <source>Keep the workforce classes whose lower bound is at least this number; unknown workforces are then left out. Empty: all.</source>
      <translation>Ne garde que les tranches d’effectif dont la borne basse atteint ce nombre ; les effectifs inconnus sont alors écartés. Vide : toutes.</translation>
    </message>
    <message>
      <source>Kept answers</source>
      <translation>Réponses gardées</translation>
    </message>
    <message>
      <source>Key of data·inclusion</source>
      <translation>Clé de data·inclusion</translation>
    </message>
    <message>
      <source>Key of the Sirène API</source>
      <translation>Clé de l’API Sirène</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Clés</translation>
    </message>
    <message>
      <source>Keys (F1)</source>
      <translation>Touches (F1)</translation>
    </message>
    <message>
      <source>Keys and guide (F1)</source>
      <translation>Touches et guide (F1)</translation>
    </message>
    <message>
      <source>Keys of this window</source>
      <translation>Touches de cette fenêtre</translation>
    </message>
    <message>
      <source>Kinds of places</source>
      <translation>Types de lieux</translation>
    </message>
    <message>
      <source>Kinds to keep: types of inclusion enterprises (aci, ai, ei, etti, eiti, geiq), ea, esat, france_services, france_travail, mission_locale, ccas, formation, petite_enfance, gare… Empty: all.</source>
      <translation>Types à garder : types de structures d’insertion (aci, ai, ei, etti, eiti, geiq), ea, esat, france_services, france_travail, mission_locale, ccas, formation, petite_enfance, gare… Vide : tous.</translation>
    </message>
    <message>
      <source>LAMBDA cannot be estimated: each client has all the sites at the same cost. Leave OBSERVED empty to use GAMMA and LAMBDA as given.</source>
      <translation>LAMBDA ne peut pas être estimé : chaque client a tous les sites au même coût. Laissez OBSERVED vide pour utiliser GAMMA et LAMBDA tels qu’ils sont donnés.</translation>
    </message>
    <message>
      <source>LAMBDA does not suit the decay {decay}: “{given}”. Give one number below zero for power (-2) and exponential (-0.1), two for logistic with the second above zero (-3,0.2).</source>
      <translation>LAMBDA ne convient pas à la décroissance {decay} : « {given} ». Donnez un nombre inférieur à zéro pour power (-2) et exponential (-0.1), deux pour logistic, dont le second supérieur à zéro (-3,0.2).</translation>
    </message>
    <message>
      <source>Lambda</source>
      <translation>Lambda</translation>
    </message>
    <message>
      <source>Lambda used</source>
      <translation>Lambda employé</translation>
    </message>
    <message>
      <source>Largest filled hole (hectares)</source>
      <translation>Plus grand trou comblé (hectares)</translation>
    </message>
    <message>
      <source>Largest parts apart: {parts}.</source>
      <translation>Plus grandes parties séparées : {parts}.</translation>
    </message>
    <message>
      <source>Largest reach</source>
      <translation>Portée maximale</translation>
    </message>
    <message>
      <source>Layer of figures</source>
      <translation>Couche de chiffres</translation>
    </message>
    <message>
      <source>Layers</source>
      <translation>Couches</translation>
    </message>
    <message>
      <source>Layers of yours</source>
      <translation>Vos couches</translation>
    </message>
    <message>
      <source>Least cost</source>
      <translation>Coût minimal</translation>
    </message>
    <message>
      <source>Least count</source>
      <translation>Effectif minimal</translation>
    </message>
    <message>
      <source>Least number of respondents</source>
      <translation>Nombre minimal de répondants</translation>
    </message>
    <message>
      <source>Least score</source>
      <translation>Score minimal</translation>
    </message>
    <message>
      <source>Least workforce</source>
      <translation>Effectif salarié minimal</translation>
    </message>
    <message>
      <source>Left out, for want of its optional key: {what}.</source>
      <translation>Laissé de côté, faute de clé (facultative) : {what}.</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>Niveau</translation>
    </message>
    <message>
      <source>Line of the street kept, the others moved to the complement</source>
      <translation>Ligne de la voie gardée, autres lignes mises en complément</translation>
    </message>
    <message>
      <source>Line {line} of {file} is not a correction: export the corrections again.</source>
      <translation>La ligne {line} de {file} n’est pas une correction : exportez de nouveau les corrections.</translation>
    </message>
    <message>
      <source>Line {line}, {structure}: refused. {reason}</source>
      <translation>Ligne {line}, {structure} : refusée. {reason}</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Lignes</translation>
    </message>
    <message>
      <source>Lines from each site to each competitor with distance and break_distance, in kilometres as the crow flies.</source>
      <translation>Lignes de chaque site à chaque concurrent avec distance et break_distance, en kilomètres à vol d’oiseau.</translation>
    </message>
    <message>
      <source>Lines from the clients to their site. Fit to be shared: one per commune and site, from the middle of the commune, where there are enough clients. Else one per client, for internal use only.</source>
      <translation>Lignes des clients à leur site. Si la sortie peut être transmise : une par commune et par site, depuis le milieu de la commune, là où il y a assez de clients. Sinon une par client, pour l’usage interne seulement.</translation>
    </message>
    <message>
      <source>Lines of flows</source>
      <translation>Lignes de flux</translation>
    </message>
    <message>
      <source>Lines over time</source>
      <translation>Courbes dans le temps</translation>
    </message>
    <message>
      <source>List of indicators</source>
      <translation>Liste des indicateurs</translation>
    </message>
    <message>
      <source>Live and work in the zone</source>
      <translation>Habitent et travaillent dans la zone</translation>
    </message>
    <message>
      <source>Live in the zone and work elsewhere</source>
      <translation>Habitent la zone et travaillent au-dehors</translation>
    </message>
    <message>
      <source>Locate &amp;all its rows</source>
      <translation>&amp;Localiser toutes ses lignes</translation>
    </message>
    <message>
      <source>Locate clients, then their catchment and their coverage</source>
      <translation>Localiser des clients, puis leur zone de chalandise et leur pénétration</translation>
    </message>
    <message>
      <source>Located</source>
      <translation>Localisées</translation>
    </message>
    <message>
      <source>Located at the address</source>
      <translation>Localisées à l’adresse</translation>
    </message>
    <message>
      <source>Located at the commune</source>
      <translation>Localisées à la commune</translation>
    </message>
    <message>
      <source>Located at the street or place</source>
      <translation>Localisées à la voie ou au lieu-dit</translation>
    </message>
    <message>
      <source>Located beneficiaries. Empty: the people that a field of the communes counts.</source>
      <translation>Bénéficiaires localisés. Vide : les personnes que compte un champ des communes.</translation>
    </message>
    <message>
      <source>Located clients</source>
      <translation>Clients localisés</translation>
    </message>
    <message>
      <source>Located clients or beneficiaries, with a field that names their site. Give POINTS or FLOWS.</source>
      <translation>Clients ou bénéficiaires localisés, avec un champ qui nomme leur site. Donnez POINTS ou FLOWS.</translation>
    </message>
    <message>
      <source>Located clients or beneficiaries. A point that falls in no commune is counted by its field geo_citycode when there is one.</source>
      <translation>Clients ou bénéficiaires localisés. Un point qui ne tombe dans aucune commune est compté d’après son champ geo_citycode, s’il en a un.</translation>
    </message>
    <message>
      <source>Located clients with siret, or name, and naf when it is known.</source>
      <translation>Clients localisés avec siret, ou name, et naf quand il est connu.</translation>
    </message>
    <message>
      <source>Located clients, for example the output of Geocode addresses.</source>
      <translation>Clients localisés, par exemple la sortie de Géocoder des adresses.</translation>
    </message>
    <message>
      <source>Located clients, for the profile of the places where they live.</source>
      <translation>Clients localisés, pour le profil des lieux où ils habitent.</translation>
    </message>
    <message>
      <source>Located people</source>
      <translation>Personnes localisées</translation>
    </message>
    <message>
      <source>Located sites</source>
      <translation>Sites localisés</translation>
    </message>
    <message>
      <source>Located sites of the structure.</source>
      <translation>Sites de la structure, localisés.</translation>
    </message>
    <message>
      <source>Located sites, or places where one could be.</source>
      <translation>Sites localisés, ou lieux où il pourrait y en avoir un.</translation>
    </message>
    <message>
      <source>Locating addresses by a service…</source>
      <translation>Localisation des adresses par un service…</translation>
    </message>
    <message>
      <source>Locating addresses on this machine…</source>
      <translation>Localisation des adresses sur cette machine…</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>Journal</translation>
    </message>
    <message>
      <source>Log-likelihood {loglik} against {null} when every site is as likely: pseudo-R² {r2}, likelihood ratio {ratio} (p = {p}); {common} % of the clients are sent where they go.</source>
      <translation>Log-vraisemblance {loglik} contre {null} si tous les sites sont aussi probables : pseudo-R² {r2}, rapport de vraisemblance {ratio} (p = {p}) ; {common} % des clients sont envoyés là où ils vont.</translation>
    </message>
    <message>
      <source>Longest walk to a stop, at 4 km/h.</source>
      <translation>Plus longue marche jusqu’à un arrêt, à 4 km/h.</translation>
    </message>
    <message>
      <source>Looking at the files…</source>
      <translation>Examen des fichiers…</translation>
    </message>
    <message>
      <source>Looking at the territory…</source>
      <translation>Examen du territoire…</translation>
    </message>
    <message>
      <source>Looking for the commune…</source>
      <translation>Recherche de la commune…</translation>
    </message>
    <message>
      <source>Looking for the files of the structure in {folder}…</source>
      <translation>Recherche des fichiers de la structure dans {folder}…</translation>
    </message>
    <message>
      <source>Lost character (�)</source>
      <translation>Caractère perdu (�)</translation>
    </message>
    <message>
      <source>Low score</source>
      <translation>Score faible</translation>
    </message>
    <message>
      <source>MAPPING gives the column “{column}” to two fields: keep one of them.</source>
      <translation>MAPPING donne la colonne « {column} » à deux champs : gardez-en un.</translation>
    </message>
    <message>
      <source>MAPPING is not valid JSON (line {line}, column {column}). Write for example {example}.</source>
      <translation>MAPPING n’est pas un JSON valide (ligne {line}, colonne {column}). Écrivez par exemple {example}.</translation>
    </message>
    <message>
      <source>MAPPING must give the name of a column for each field. Write for example {example}.</source>
      <translation>MAPPING doit donner le nom d’une colonne pour chaque champ. Écrivez par exemple {example}.</translation>
    </message>
    <message>
      <source>MAPPING must say, for each file, its sheet and the column of each field, by name or by number. Write for example {example}.</source>
      <translation>MAPPING doit dire, pour chaque fichier, sa feuille et la colonne de chaque champ, par nom ou par numéro. Écrivez par exemple {example}.</translation>
    </message>
    <message>
      <source>MAPPING names the column “{column}”, which is not in {file}. Columns: {columns}.</source>
      <translation>MAPPING nomme la colonne « {column} », qui n’est pas dans {file}. Colonnes : {columns}.</translation>
    </message>
    <message>
      <source>MAPPING names the field “{field}”, which does not exist. Fields: {fields}.</source>
      <translation>MAPPING nomme le champ « {field} », qui n’existe pas. Champs : {fields}.</translation>
    </message>
    <message>
      <source>MAPPING speaks of the file of {role}, which is not given.</source>
      <translation>MAPPING parle du fichier {role}, qui n’est pas donné.</translation>
    </message>
    <message>
      <source>MINUTES must be ascending numbers above zero, for example 20,30,45.</source>
      <translation>MINUTES doit contenir des nombres croissants supérieurs à zéro, par exemple 20,30,45.</translation>
    </message>
    <message>
      <source>MIN_COUNT is {count}: fewer than 3 people could be recognised. Give 3 or more (5 is the default).</source>
      <translation>MIN_COUNT vaut {count} : moins de 3 personnes pourraient être reconnues. Donnez 3 ou plus (5 par défaut).</translation>
    </message>
    <message>
      <source>Made with Coodiag {version}: run again to have what has changed since.</source>
      <translation>Fait avec Coodiag {version} : relancez pour profiter de ce qui a changé depuis.</translation>
    </message>
    <message>
      <source>Make a dossier again</source>
      <translation>Refaire un dossier</translation>
    </message>
    <message>
      <source>Make every dossier again</source>
      <translation>Refaire tous les dossiers</translation>
    </message>
    <message>
      <source>Making of the demonstration</source>
      <translation>Préparation de la démonstration</translation>
    </message>
    <message>
      <source>Map of people and jobs by qualification</source>
      <translation>Carte des personnes et des emplois par qualification</translation>
    </message>
    <message>
      <source>Map of the actors</source>
      <translation>Carte des acteurs</translation>
    </message>
    <message>
      <source>Map of the catchment zones</source>
      <translation>Carte des zones de chalandise</translation>
    </message>
    <message>
      <source>Map of the clients by commune</source>
      <translation>Carte des clients par commune</translation>
    </message>
    <message>
      <source>Map of the communes, by an indicator</source>
      <translation>Carte des communes, d’après un indicateur</translation>
    </message>
    <message>
      <source>Map of the cycling times of beneficiaries</source>
      <translation>Carte des temps à vélo des bénéficiaires</translation>
    </message>
    <message>
      <source>Map of the kinds of communes</source>
      <translation>Carte des types de communes</translation>
    </message>
    <message>
      <source>Map of the main specialisations</source>
      <translation>Carte des spécialisations dominantes</translation>
    </message>
    <message>
      <source>Map of the prospects by commune</source>
      <translation>Carte des prospects par commune</translation>
    </message>
    <message>
      <source>Map of the recruitment by commune</source>
      <translation>Carte du recrutement par commune</translation>
    </message>
    <message>
      <source>Map of the services within reach</source>
      <translation>Carte des services à portée</translation>
    </message>
    <message>
      <source>Map of the travel times to the sites</source>
      <translation>Carte des temps d’accès aux sites</translation>
    </message>
    <message>
      <source>Market by commune</source>
      <translation>Marché par commune</translation>
    </message>
    <message>
      <source>Mean and median centre of the clients of each site and of all, with the standard distance, half-axes (m) and direction of the ellipse. Fit to be shared: made of communes with enough clients.</source>
      <translation>Centres moyen et médian des clients de chaque site et de l’ensemble, avec la distance type, les demi-axes (m) et la direction de l’ellipse. Si la sortie peut être transmise : faits des communes qui comptent assez de clients.</translation>
    </message>
    <message>
      <source>Measuring the cache…</source>
      <translation>Mesure du cache…</translation>
    </message>
    <message>
      <source>Message</source>
      <translation>Message</translation>
    </message>
    <message>
      <source>Method</source>
      <translation>Méthode</translation>
    </message>
    <message>
      <source>Method: {words}.</source>
      <translation>Méthode : {words}.</translation>
    </message>
    <message>
      <source>Minutes or kilometres beyond which nothing is looked for. Empty: no limit.</source>
      <translation>Minutes ou kilomètres au-delà desquels rien n’est cherché. Vide : aucune limite.</translation>
    </message>
    <message>
      <source>Mobility</source>
      <translation>Mobilité</translation>
    </message>
    <message>
      <source>Mobility towards work</source>
      <translation>Mobilité</translation>
    </message>
    <message>
      <source>Mode</source>
      <translation>Mode</translation>
    </message>
    <message>
      <source>Model: gamma {gamma}, decay {decay} ({parameters}), costs in {unit} of at least {floor}.</source>
      <translation>Modèle : gamma {gamma}, décroissance {decay} ({parameters}), coûts en {unit} d’au moins {floor}.</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>Modèles</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Plus</translation>
    </message>
    <message>
      <source>More cells than columns</source>
      <translation>Plus de cellules que de colonnes</translation>
    </message>
    <message>
      <source>More counts</source>
      <translation>Autres effectifs</translation>
    </message>
    <message>
      <source>More options</source>
      <translation>Autres options</translation>
    </message>
    <message>
      <source>More orders</source>
      <translation>Autres ordres</translation>
    </message>
    <message>
      <source>Most similar territories</source>
      <translation>Territoires les plus semblables</translation>
    </message>
    <message>
      <source>Move down</source>
      <translation>Descendre</translation>
    </message>
    <message>
      <source>Move down (Alt+↓)</source>
      <translation>Descendre (Alt+↓)</translation>
    </message>
    <message>
      <source>Move up</source>
      <translation>Monter</translation>
    </message>
    <message>
      <source>Move up (Alt+↑)</source>
      <translation>Monter (Alt+↑)</translation>
    </message>
    <message>
      <source>NAF code that cannot be read</source>
      <translation>Code NAF illisible</translation>
    </message>
    <message>
      <source>NAF code without its leading zero</source>
      <translation>Code NAF sans son zéro de tête</translation>
    </message>
    <message>
      <source>NAF code without its letter</source>
      <translation>Code NAF sans sa lettre</translation>
    </message>
    <message>
      <source>Na&amp;me of the structure</source>
      <translation>&amp;Nom de la structure</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <source>Name of the site</source>
      <translation>Nom du site</translation>
    </message>
    <message>
      <source>Name of the structure</source>
      <translation>Nom de la structure</translation>
    </message>
    <message>
      <source>Name of the structure for the sheets that do not say it.</source>
      <translation>Nom de la structure, pour les feuilles qui ne le disent pas.</translation>
    </message>
    <message>
      <source>Name of the structure, so that its own establishments are left out.</source>
      <translation>Nom de la structure, pour écarter ses propres établissements.</translation>
    </message>
    <message>
      <source>Name of the structure, written in every sheet.</source>
      <translation>Nom de la structure, écrit dans chaque feuille.</translation>
    </message>
    <message>
      <source>Name of the zone</source>
      <translation>Nom de la zone</translation>
    </message>
    <message>
      <source>Name printed on the cover and at the foot of every page.</source>
      <translation>Nom imprimé sur la couverture et au pied de chaque page.</translation>
    </message>
    <message>
      <source>Name, code or postcode</source>
      <translation>Nom, code ou code postal</translation>
    </message>
    <message>
      <source>National Sirène files: several gigabytes, downloaded once and kept for every territory (data.gouv.fr does not tell their size).</source>
      <translation>Fichiers nationaux Sirène : plusieurs gigaoctets, téléchargés une seule fois et gardés pour tous les territoires (data.gouv.fr ne dit pas leur taille).</translation>
    </message>
    <message>
      <source>National Sirène files: {size} MB, downloaded once and kept for every territory.</source>
      <translation>Fichiers nationaux Sirène : {size} Mo, téléchargés une seule fois et gardés pour tous les territoires.</translation>
    </message>
    <message>
      <source>National list of the ESS: {count} rows without a readable SIREN are left out.</source>
      <translation>Liste nationale de l’ESS : {count} lignes sans SIREN lisible sont laissées de côté.</translation>
    </message>
    <message>
      <source>National list of the ESS: {count} units.</source>
      <translation>Liste nationale de l’ESS : {count} unités légales.</translation>
    </message>
    <message>
      <source>National service (IGN)</source>
      <translation>Service national (IGN)</translation>
    </message>
    <message>
      <source>Need for work read from the field {field}.</source>
      <translation>Besoin d’emploi lu dans le champ {field}.</translation>
    </message>
    <message>
      <source>Needed when a page or the comparison asks for similar territories.</source>
      <translation>Nécessaires quand une page ou la comparaison demande des territoires semblables.</translation>
    </message>
    <message>
      <source>Neighbours</source>
      <translation>Communes voisines</translation>
    </message>
    <message>
      <source>Never used Coodiag? The demonstration is a fictitious territory, with its files: nothing to prepare, nothing leaves this machine.</source>
      <translation>Première fois ? La démonstration est un territoire fictif, avec ses fichiers : rien à préparer, rien ne quitte cette machine.</translation>
    </message>
    <message>
      <source>New chapter</source>
      <translation>Nouveau chapitre</translation>
    </message>
    <message>
      <source>New page</source>
      <translation>Nouvelle page</translation>
    </message>
    <message>
      <source>No BAN file was found in {paths}. Give a file adresses-NN.csv.gz of adresse.data.gouv.fr, or the folder that holds it.</source>
      <translation>Aucun fichier de la BAN n’a été trouvé dans {paths}. Donnez un fichier adresses-NN.csv.gz de adresse.data.gouv.fr, ou le dossier qui le contient.</translation>
    </message>
    <message>
      <source>No Sirène establishment file was found: give StockEtablissement (csv, zip or Parquet) or an extract with the columns siret and codeCommuneEtablissement.</source>
      <translation>Aucun fichier d’établissements Sirène n’a été trouvé : donnez StockEtablissement (csv, zip ou Parquet) ou un extrait avec les colonnes siret et codeCommuneEtablissement.</translation>
    </message>
    <message>
      <source>No activity is known for the clients: give their SIRET, or choose the activities to look for.</source>
      <translation>Aucune activité n’est connue pour les clients : donnez leur SIRET, ou choisissez les activités à rechercher.</translation>
    </message>
    <message>
      <source>No actor of {file} can be used: {refused} rows without a name, {persons} that look like persons.</source>
      <translation>Aucun acteur de {file} n’est utilisable : {refused} lignes sans nom, {persons} qui semblent être des personnes.</translation>
    </message>
    <message>
      <source>No address index on this machine: place on the map, or run offline once with BAN files.</source>
      <translation>Aucun index d’adresses sur cette machine : placez sur la carte, ou lancez une fois le traitement hors ligne avec des fichiers de la BAN.</translation>
    </message>
    <message>
      <source>No address, no town, no postcode</source>
      <translation>Ni adresse, ni commune, ni code postal</translation>
    </message>
    <message>
      <source>No address, postcode or city was recognised among the fields ({fields}). Choose them in ADDRESS, POSTCODE, CITY or CITYCODE.</source>
      <translation>Ni adresse, ni code postal, ni ville n’ont été reconnus parmi les champs ({fields}). Désignez-les dans ADDRESS, POSTCODE, CITY ou CITYCODE.</translation>
    </message>
    <message>
      <source>No addresses (BAN): people can then be located by an online service only.</source>
      <translation>Pas d’adresses (BAN) : les personnes ne peuvent alors être localisées que par un service en ligne.</translation>
    </message>
    <message>
      <source>No answer is found in {file}: a sheet needs the columns code (or objectif) and note, and at least one note.</source>
      <translation>Aucune réponse n’est trouvée dans {file} : une feuille demande les colonnes code (ou objectif) et note, et au moins une note.</translation>
    </message>
    <message>
      <source>No answer is left in {file}: every column identifies people or is empty. Columns: {columns}.</source>
      <translation>Il ne reste aucune réponse dans {file} : toutes les colonnes identifient des personnes ou sont vides. Colonnes : {columns}.</translation>
    </message>
    <message>
      <source>No census: add the communal bases of Insee. Most pages will be missing.</source>
      <translation>Pas de recensement : ajoutez les bases communales de l’Insee. La plupart des pages manqueront.</translation>
    </message>
    <message>
      <source>No client is located: the catchment needs points. Geocode the clients first.</source>
      <translation>Aucun client n’est localisé : la chalandise demande des points. Géocodez d’abord les clients.</translation>
    </message>
    <message>
      <source>No client of a competitor is observed: GAMMA and LAMBDA are estimated on the choice between the structure's own sites.</source>
      <translation>Aucun client d’un concurrent n’est observé : GAMMA et LAMBDA sont estimés sur le choix entre les sites de la structure.</translation>
    </message>
    <message>
      <source>No client takes part in the catchment: none is located and linked, or all weights are zero. Check the clients, the roads and the weight field.</source>
      <translation>Aucun client ne compte dans la chalandise : aucun n’est localisé et relié, ou tous les poids sont nuls. Vérifiez les clients, les routes et le champ de poids.</translation>
    </message>
    <message>
      <source>No client takes part in the catchment: {no_place} have no point, {unlinked} lie far from any road, {unreachable} cannot be reached, {no_commune} lie outside the communes and {outlier} are outliers.</source>
      <translation>Aucun client ne compte dans la chalandise : {no_place} n’ont pas de point, {unlinked} sont loin de toute route, {unreachable} ne peuvent pas être atteints, {no_commune} sont hors des communes et {outlier} sont très éloignés.</translation>
    </message>
    <message>
      <source>No column looks like an address, a postcode or a town. Say below which column holds the address, and which the town.</source>
      <translation>Aucune colonne ne ressemble à une adresse, un code postal ou une commune. Indiquez ci-dessous laquelle contient l’adresse, et laquelle la commune.</translation>
    </message>
    <message>
      <source>No column of postcodes or towns was recognised: few rows can be placed without. If there is one, say below which.</source>
      <translation>Aucune colonne de codes postaux ni de communes n’a été reconnue : peu de lignes peuvent être placées sans elles. S’il y en a une, indiquez-la ci-dessous.</translation>
    </message>
    <message>
      <source>No column of streets was recognised: rows will be placed at their commune. If there is one, say below which.</source>
      <translation>Aucune colonne de voies n’a été reconnue : les lignes seront placées à leur commune. S’il y en a une, indiquez-la ci-dessous.</translation>
    </message>
    <message>
      <source>No column of {file} holds the actions. Call one of them « Action ». Columns seen: {columns}.</source>
      <translation>Aucune colonne de {file} ne contient les actions. Nommez l’une d’elles « Action ». Colonnes vues : {columns}.</translation>
    </message>
    <message>
      <source>No column of {file} looks like an address, a postcode or a town. Columns seen: {columns}. Say in MAPPING which is which, for example {example}.</source>
      <translation>Aucune colonne de {file} ne ressemble à une adresse, un code postal ou une ville. Colonnes vues : {columns}. Dites dans MAPPING laquelle est laquelle, par exemple {example}.</translation>
    </message>
    <message>
      <source>No column of {file} names the actors. Call one of them « Nom ». Columns seen: {columns}.</source>
      <translation>Aucune colonne de {file} ne nomme les acteurs. Nommez l’une d’elles « Nom ». Colonnes vues : {columns}.</translation>
    </message>
    <message>
      <source>No commune has the code {code} in the folder's tables of {year}. {hint}</source>
      <translation>Aucune commune n’a le code {code} dans les tables de {year} du dossier. {hint}</translation>
    </message>
    <message>
      <source>No commune is known in the employment zone ZE:{code}. Check its code (four digits, zones of 2020).</source>
      <translation>Aucune commune n’est connue dans la zone d’emploi ZE:{code}. Vérifiez son code (quatre chiffres, zones de 2020).</translation>
    </message>
    <message>
      <source>No commune lies inside the polygons of the territory.</source>
      <translation>Aucune commune ne se trouve dans les polygones du territoire.</translation>
    </message>
    <message>
      <source>No commune of France meets the extent {extent} (degrees). Check the coordinate reference system of the polygons.</source>
      <translation>Aucune commune de France ne touche l’emprise {extent} (degrés). Vérifiez le système de coordonnées des polygones.</translation>
    </message>
    <message>
      <source>No commune of the folder belongs to {key}{name}. {hint}</source>
      <translation>Aucune commune du dossier n’appartient à {key}{name}. {hint}</translation>
    </message>
    <message>
      <source>No commune of the folder lies inside the polygons of {layer}.</source>
      <translation>Aucune commune du dossier ne se trouve dans les polygones de {layer}.</translation>
    </message>
    <message>
      <source>No commune of the list is at this place of the map. Click inside a commune, or search for its name.</source>
      <translation>Aucune commune de la liste n’est à cet endroit de la carte. Cliquez dans une commune, ou cherchez son nom.</translation>
    </message>
    <message>
      <source>No commune reaches a site. Check that the roads cover the communes and the sites, or raise the reach.</source>
      <translation>Aucune commune n’atteint de site. Vérifiez que les routes couvrent les communes et les sites, ou augmentez la portée.</translation>
    </message>
    <message>
      <source>No contours of communes: add ADMIN EXPRESS (IGN). Nothing can be mapped without.</source>
      <translation>Pas de contours de communes : ajoutez ADMIN EXPRESS (IGN). Sans eux, rien ne peut être cartographié.</translation>
    </message>
    <message>
      <source>No figure of the field {field} is known (all are secret or missing): there is nothing to map.</source>
      <translation>Aucun chiffre du champ {field} n’est connu (tous sont secrets ou manquants) : il n’y a rien à cartographier.</translation>
    </message>
    <message>
      <source>No file of addresses (BAN) is on this machine yet: the diagnosis will fetch those of the territory if it may ask the services. To try now, give a file adresses-NN.csv.gz of adresse.data.gouv.fr, or its folder.</source>
      <translation>Aucun fichier d’adresses (BAN) n’est encore sur cette machine : le diagnostic ira chercher celles du territoire s’il peut interroger les services. Pour essayer maintenant, donnez un fichier adresses-NN.csv.gz d’adresse.data.gouv.fr, ou son dossier.</translation>
    </message>
    <message>
      <source>No flow of the table starts from or ends in a commune of the territory: check the codes of the communes and of the table.</source>
      <translation>Aucun flux de la table ne part d’une commune du territoire ni n’y arrive : vérifiez les codes des communes et de la table.</translation>
    </message>
    <message>
      <source>No flow starts from {count} communes of the territory: {codes}. If they have merged or changed their code, give the data folder with the table of commune changes.</source>
      <translation>Aucun flux ne part de {count} communes du territoire : {codes}. Si elles ont fusionné ou changé de code, donnez le dossier de données qui contient la table des changements de communes.</translation>
    </message>
    <message>
      <source>No group of clients is large enough to be compared with the establishments of the territory: give the SIRET of the clients, or widen the territory.</source>
      <translation>Aucun groupe de clients n’est assez grand pour être comparé aux établissements du territoire : donnez le SIRET des clients, ou élargissez le territoire.</translation>
    </message>
    <message>
      <source>No indicator with these words fits here.</source>
      <translation>Aucun indicateur avec ces mots ne convient ici.</translation>
    </message>
    <message>
      <source>No place</source>
      <translation>Non localisée</translation>
    </message>
    <message>
      <source>No place of demand has a geometry and a known figure in the field {field}.</source>
      <translation>Aucun lieu de la demande n’a de géométrie et de chiffre connu dans le champ {field}.</translation>
    </message>
    <message>
      <source>No place of the demand can be reached: none has a geometry, or all lie far from any road. Check the layer of the demand and the roads.</source>
      <translation>Aucun lieu de la demande ne peut être atteint : aucun n’a de géométrie, ou tous sont loin de toute route. Vérifiez la couche de la demande et les routes.</translation>
    </message>
    <message>
      <source>No place reaches a supply within {reach} {unit}: raise the reach, or check the units.</source>
      <translation>Aucun lieu n’atteint d’offre à moins de {reach} {unit} : augmentez la portée, ou vérifiez les unités.</translation>
    </message>
    <message>
      <source>No point can be joined to the roads: none lies within {distance} m of a road. Check that the road layer covers the territory.</source>
      <translation>Aucun point ne peut être relié aux routes : aucun n’est à moins de {distance} m d’une route. Vérifiez que la couche de routes couvre le territoire.</translation>
    </message>
    <message>
      <source>No program of this machine opens {file}. It is in {folder}.</source>
      <translation>Aucun programme de cette machine n’ouvre {file}. Il est dans {folder}.</translation>
    </message>
    <message>
      <source>No prospect is within reach: raise the reach or the list of activities.</source>
      <translation>Aucun prospect n’est à portée : augmentez la portée ou élargissez la liste des activités.</translation>
    </message>
    <message>
      <source>No roads (BD TOPO): distances will be as the crow flies.</source>
      <translation>Pas de routes (BD TOPO) : les distances seront à vol d’oiseau.</translation>
    </message>
    <message>
      <source>No row here: choose another filter or search.</source>
      <translation>Aucune ligne ici : choisissez un autre filtre ou une autre recherche.</translation>
    </message>
    <message>
      <source>No row of column names was recognised</source>
      <translation>Aucune ligne d’en-tête reconnue</translation>
    </message>
    <message>
      <source>No row of the file of {role} could be located: {rows} rows, none with a street or a commune that the data know. Check the columns of address, postcode and town, and that the territory is the right one.</source>
      <translation>Aucune ligne du fichier des {role} n’a pu être localisée : {rows} lignes, aucune avec une voie ou une commune connue des données. Vérifiez les colonnes de l’adresse, du code postal et de la ville, et que le territoire est le bon.</translation>
    </message>
    <message>
      <source>No row of the table can be planned: the log says why for each of them.</source>
      <translation>Aucune ligne du tableau ne peut être préparée : le journal dit pourquoi pour chacune.</translation>
    </message>
    <message>
      <source>No row of {file} holds an action.</source>
      <translation>Aucune ligne de {file} ne contient d’action.</translation>
    </message>
    <message>
      <source>No server of {engine} answers at {url}: start it, or correct URL.</source>
      <translation>Aucun serveur de {engine} ne répond à {url} : démarrez-le, ou corrigez URL.</translation>
    </message>
    <message>
      <source>No server of {engine} answers at {url}: start it, or correct URL. {reason}</source>
      <translation>Aucun serveur de {engine} ne répond à {url} : démarrez-le, ou corrigez URL. {reason}</translation>
    </message>
    <message>
      <source>No single file has the contours of every commune: {count} come from {file}.</source>
      <translation>Aucun fichier n’a à lui seul les contours de toutes les communes : {count} viennent de {file}.</translation>
    </message>
    <message>
      <source>No site can draw anybody: none has both a place near the roads and an attraction above zero. Check the sites, their attraction field and the roads.</source>
      <translation>Aucun site ne peut attirer qui que ce soit : aucun n’a à la fois un emplacement près des routes et une attraction supérieure à zéro. Vérifiez les sites, leur champ d’attraction et les routes.</translation>
    </message>
    <message>
      <source>No site is located: give at least one site with a point.</source>
      <translation>Aucun site n’est localisé : donnez au moins un site avec un point.</translation>
    </message>
    <message>
      <source>No site is located: the catchment needs at least one site with a point. Geocode the sites first.</source>
      <translation>Aucun site n’est localisé : la chalandise demande au moins un site avec un point. Géocodez d’abord les sites.</translation>
    </message>
    <message>
      <source>No site is located: the prospection needs at least one site with a point. Geocode the sites first.</source>
      <translation>Aucun site n’est localisé : la prospection demande au moins un site avec un point. Géocodez d’abord les sites.</translation>
    </message>
    <message>
      <source>No site lies within {distance} m of a road. Check that the road layer covers the territory.</source>
      <translation>Aucun site n’est à moins de {distance} m d’une route. Vérifiez que la couche de routes couvre le territoire.</translation>
    </message>
    <message>
      <source>No site lies within {distance} m of a road: check that the road layer covers the territory, or choose the mode distance without roads.</source>
      <translation>Aucun site n’est à moins de {distance} m d’une route : vérifiez que la couche de routes couvre le territoire, ou choisissez le mode distance sans routes.</translation>
    </message>
    <message>
      <source>No square of the grid “{layer}” lies near the zones: check that it covers them.</source>
      <translation>Aucun carreau de la grille « {layer} » ne se trouve près des zones : vérifiez qu’elle les couvre.</translation>
    </message>
    <message>
      <source>No street comes near: place on the map, at the commune, or give up.</source>
      <translation>Aucune voie n’est assez proche : placez sur la carte, à la commune, ou abandonnez.</translation>
    </message>
    <message>
      <source>No streets under the map: open a layer of roads in QGIS, then choose “Project” as its background.</source>
      <translation>Pas de rues sous la carte : ouvrez une couche de routes dans QGIS, puis choisissez « Projet » comme fond de carte.</translation>
    </message>
    <message>
      <source>No supply can be reached: none has a point, or none lies within {distance} m of a road. Check the layer of supplies and the roads.</source>
      <translation>Aucune offre ne peut être atteinte : aucune n’a de point, ou aucune n’est à moins de {distance} m d’une route. Vérifiez la couche de l’offre et les routes.</translation>
    </message>
    <message>
      <source>No territory is called so. Try a shorter name, or a code.</source>
      <translation>Aucun territoire ne s’appelle ainsi. Essayez un nom plus court, ou un code.</translation>
    </message>
    <message>
      <source>No territory of the folder is called “{name}”. {hint}</source>
      <translation>Aucun territoire du dossier ne s’appelle « {name} ». {hint}</translation>
    </message>
    <message>
      <source>No territory was given: write a code such as EPCI:243500139, COM:35238 or DEP:35, or a name.</source>
      <translation>Aucun territoire n’est donné : écrivez un code comme EPCI:243500139, COM:35238 ou DEP:35, ou un nom.</translation>
    </message>
    <message>
      <source>No territory was given: write a code such as EPCI:243500139, a name, or choose a layer of polygons.</source>
      <translation>Aucun territoire n’est donné : écrivez un code comme EPCI:243500139, un nom, ou choisissez une couche de polygones.</translation>
    </message>
    <message>
      <source>No.</source>
      <translation>N°</translation>
    </message>
    <message>
      <source>Nobody is within reach {place} {move}: check that the roads cover the people and the places, and that they join.</source>
      <translation>Personne n’est à portée {place} {move} : vérifiez que les routes couvrent les personnes et les lieux, et qu’elles se rejoignent.</translation>
    </message>
    <message>
      <source>Nobody of the layer lives in the communes: check that the people are located.</source>
      <translation>Personne de la couche n’habite les communes : vérifiez que les personnes sont localisées.</translation>
    </message>
    <message>
      <source>Nobody of the layer names a known site: check the field {field} and the names of the sites.</source>
      <translation>Personne de la couche ne nomme un site connu : vérifiez le champ {field} et les noms des sites.</translation>
    </message>
    <message>
      <source>None</source>
      <translation>Aucun</translation>
    </message>
    <message>
      <source>None of the indicators differs from place to place, or is known in the core zone. Choose others.</source>
      <translation>Aucun des indicateurs ne diffère d’un lieu à l’autre, ou n’est connu dans la zone cœur. Choisissez-en d’autres.</translation>
    </message>
    <message>
      <source>None of the {count} rows of {file} can be used: they hold neither an address nor a town.</source>
      <translation>Aucune des {count} lignes de {file} n’est utilisable : elles n’ont ni adresse ni ville.</translation>
    </message>
    <message>
      <source>None of these</source>
      <translation>Rien de cela</translation>
    </message>
    <message>
      <source>None yet. Those given in the review are kept for the next runs.</source>
      <translation>Aucun pour l’instant. Ceux donnés pendant la vérification sont gardés pour les diagnostics suivants.</translation>
    </message>
    <message>
      <source>Not fetched</source>
      <translation>Non téléchargés</translation>
    </message>
    <message>
      <source>Not fetched: {what}. {reason}</source>
      <translation>Non téléchargé : {what}. {reason}</translation>
    </message>
    <message>
      <source>Not known before the service is told.</source>
      <translation>Inconnu tant que le service n’est pas indiqué.</translation>
    </message>
    <message>
      <source>Not located</source>
      <translation>Non localisées</translation>
    </message>
    <message>
      <source>Not located.</source>
      <translation>Non localisée.</translation>
    </message>
    <message>
      <source>Not located: {failed}. Placed in the middle of their commune: {town}. Decide where they are; the next run uses it.</source>
      <translation>Non localisées : {failed}. Placées au milieu de leur commune : {town}. Décidez où elles sont : la prochaine fois en tiendra compte.</translation>
    </message>
    <message>
      <source>Not taken from it, as it is not found on this machine or might lead elsewhere: {names}. Give it again if it is wanted.</source>
      <translation>Non repris, car introuvable sur cet ordinateur ou susceptible de mener ailleurs : {names}. Indiquez-le de nouveau au besoin.</translation>
    </message>
    <message>
      <source>Not used then: {file}.</source>
      <translation>N’avait pas servi alors : {file}.</translation>
    </message>
    <message>
      <source>Not used this time: {file}.</source>
      <translation>N’a pas servi cette fois : {file}.</translation>
    </message>
    <message>
      <source>Not used:</source>
      <translation>Non utilisés :</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Note</translation>
    </message>
    <message>
      <source>Note kept with the correction (no name of a person)</source>
      <translation>Note conservée avec la correction (sans nom de personne)</translation>
    </message>
    <message>
      <source>Note that each objective should reach, from 0 to 4.</source>
      <translation>Note que chaque objectif devrait atteindre, de 0 à 4.</translation>
    </message>
    <message>
      <source>Nothing can be written in the folder {folder}.</source>
      <translation>Rien ne peut être écrit dans le dossier {folder}.</translation>
    </message>
    <message>
      <source>Nothing can be written into {folder}: choose another folder.</source>
      <translation>Rien ne peut être écrit dans {folder} : choisissez un autre dossier.</translation>
    </message>
    <message>
      <source>Nothing is asked over the Internet for these data. How people are located is chosen in step 3.</source>
      <translation>Rien n’est demandé par Internet pour ces données. La façon de localiser les personnes se choisit à l’étape 3.</translation>
    </message>
    <message>
      <source>Nothing is kept before you accept the options.</source>
      <translation>Rien n’est conservé avant que vous n’acceptiez les options.</translation>
    </message>
    <message>
      <source>Nothing is kept.</source>
      <translation>Rien n’est conservé.</translation>
    </message>
    <message>
      <source>Nothing is left to review. Run the diagnosis or the geocoding again: it will use these places.</source>
      <translation>Il ne reste rien à vérifier. Relancez le diagnostic ou le géocodage : il se servira de ces lieux.</translation>
    </message>
    <message>
      <source>Nothing yet: no file was given in step 2.</source>
      <translation>Rien encore : aucun fichier n’a été donné à l’étape 2.</translation>
    </message>
    <message>
      <source>Nothing yet: run the diagnosis first (step 5).</source>
      <translation>Rien encore : lancez d’abord le diagnostic (étape 5).</translation>
    </message>
    <message>
      <source>Nothing: addresses are compared with files of this machine.</source>
      <translation>Rien : les adresses sont comparées à des fichiers de cette machine.</translation>
    </message>
    <message>
      <source>Nothing: no address is left to ask for.</source>
      <translation>Rien : plus aucune adresse à demander.</translation>
    </message>
    <message>
      <source>Number of a département in the town</source>
      <translation>Numéro de département dans la commune</translation>
    </message>
    <message>
      <source>Number of classes</source>
      <translation>Nombre de classes</translation>
    </message>
    <message>
      <source>Number of clients</source>
      <translation>Nombre de clients</translation>
    </message>
    <message>
      <source>Number of communes to write, the most alike first.</source>
      <translation>Nombre de communes à écrire, les plus semblables d’abord.</translation>
    </message>
    <message>
      <source>Number of issues</source>
      <translation>Nombre d’anomalies</translation>
    </message>
    <message>
      <source>Number of sheets to fill in.</source>
      <translation>Nombre de feuilles à remplir.</translation>
    </message>
    <message>
      <source>Number of similar territories</source>
      <translation>Nombre de territoires semblables</translation>
    </message>
    <message>
      <source>Number taken out</source>
      <translation>Numéro retiré</translation>
    </message>
    <message>
      <source>Number that cannot be read</source>
      <translation>Nombre illisible</translation>
    </message>
    <message>
      <source>OBSERVED needs OBSERVED_SITE, the field that names the site of each client.</source>
      <translation>OBSERVED demande OBSERVED_SITE, le champ qui nomme le site de chaque client.</translation>
    </message>
    <message>
      <source>Objectives</source>
      <translation>Objectifs</translation>
    </message>
    <message>
      <source>Objectives under the target, the most pressing first, with action, pilot, deadline and indicator.</source>
      <translation>Objectifs sous la cible, les plus pressants d’abord, avec action, pilote, échéance et indicateur.</translation>
    </message>
    <message>
      <source>Observed clients</source>
      <translation>Clients observés</translation>
    </message>
    <message>
      <source>Observed clients left out of the calibration: {site} rows name no usable site in the field {field}, {commune} lie in none of the communes, {count} have no usable number.</source>
      <translation>Clients observés laissés de côté dans le calage : {site} lignes ne nomment aucun site utilisable dans le champ {field}, {commune} ne se trouvent dans aucune des communes, {count} n’ont pas de nombre utilisable.</translation>
    </message>
    <message>
      <source>Of &amp;layers made by “Geocode addresses”</source>
      <translation>De &amp;couches faites par « Géocoder des adresses »</translation>
    </message>
    <message>
      <source>Of a &amp;dossier</source>
      <translation>D’un &amp;dossier de diagnostic</translation>
    </message>
    <message>
      <source>Of a file…</source>
      <translation>D’un fichier…</translation>
    </message>
    <message>
      <source>Of the concave hull: 0 follows the points most closely, 1 is the convex hull. It is printed in the note.</source>
      <translation>De l’enveloppe concave : 0 suit les points au plus près, 1 est l’enveloppe convexe. La valeur est écrite dans la note.</translation>
    </message>
    <message>
      <source>Of the establishments kept, {masked} have partial diffusion (counted, not drawn), {without_point} have no point, {at_town} stand at the town only.</source>
      <translation>Parmi les établissements retenus, {masked} sont à diffusion partielle (comptés, pas dessinés), {without_point} n’ont pas de point, {at_town} ne sont placés qu’à la commune.</translation>
    </message>
    <message>
      <source>Of these, located at a named place</source>
      <translation>Dont localisées au lieu-dit</translation>
    </message>
    <message>
      <source>Official data</source>
      <translation>Données officielles</translation>
    </message>
    <message>
      <source>Offline geocoding needs BAN (a file adresses-NN.csv.gz of adresse.data.gouv.fr or its folder), or at least COMMUNES.</source>
      <translation>Le géocodage hors ligne demande BAN (un fichier adresses-NN.csv.gz de adresse.data.gouv.fr ou son dossier), ou au moins COMMUNES.</translation>
    </message>
    <message>
      <source>On roads: time, minutes; distance, kilometres. Without roads: kilometres as the crow flies.</source>
      <translation>Avec des routes : time, minutes ; distance, kilomètres. Sans routes : kilomètres à vol d’oiseau.</translation>
    </message>
    <message>
      <source>On this machine</source>
      <translation>Sur cette machine</translation>
    </message>
    <message>
      <source>On this machine, with files of the BAN: nothing leaves it</source>
      <translation>Sur cette machine, avec les fichiers de la BAN : rien n’en sort</translation>
    </message>
    <message>
      <source>One page per commune</source>
      <translation>Une page par commune</translation>
    </message>
    <message>
      <source>One row for each file used, with its vintage and licence.</source>
      <translation>Une ligne pour chaque fichier utilisé, avec son millésime et sa licence.</translation>
    </message>
    <message>
      <source>One row per commune and site: the fields of the commune, then site, role, cost, unit, attraction, probability, rank, expected (and expected_etat), note.</source>
      <translation>Une ligne par commune et par site : les champs de la commune, puis site, role, cost, unit, attraction, probability, rank, expected (et expected_etat), note.</translation>
    </message>
    <message>
      <source>One row per commune: own_share (% of the structure's sites together), own_expected, leader, leader_share, sites, nearest, nearest_cost, unit, note.</source>
      <translation>Une ligne par commune : own_share (% des sites de la structure réunis), own_expected, leader, leader_share, sites, nearest, nearest_cost, unit, note.</translation>
    </message>
    <message>
      <source>One row per repair, flag, refused row or duplicate: line, column, value, problem, action.</source>
      <translation>Une ligne par réparation, alerte, ligne refusée ou doublon : ligne, colonne, valeur, problème, action.</translation>
    </message>
    <message>
      <source>One row per shown flow, the largest first: origin, destination, kind (interne, sortant, entrant, sur place), count, share, share_origin, share_destination (%), back, net. Flows inside a commune, or to a place that is not drawn, have no line.</source>
      <translation>Une ligne par flux montré, du plus grand au plus petit : origin, destination, kind (interne, sortant, entrant, sur place), count, share, share_origin, share_destination (%), back, net. Les flux à l’intérieur d’une commune, ou vers un lieu qui n’est pas dessiné, n’ont pas de tracé.</translation>
    </message>
    <message>
      <source>One row per site and target, the largest first: site, variable, target, value (met), gap (%), reach and unit, mode, places, status (atteint, non atteint), kind (prévue), label and note. Areas are nested.</source>
      <translation>Une ligne par site et par cible, de la plus grande à la plus petite : site, variable, target, value (atteinte), gap (%), reach et unit, mode, places, status (atteint, non atteint), kind (prévue), label et note. Les zones sont emboîtées.</translation>
    </message>
    <message>
      <source>One row per site and threshold, and for all sites together (Ensemble): threshold and share (%), clients, held (weight), reach and unit, order, shape, outliers, unlinked, kind (mesurée), label and note. The share is that of the clients ranked up to the reach (density: of those inside); the outline of a hull or an isochrone may hold others, and note then tells the share that it holds, or, fit to be shared and with several sites or a weight, whether that is more or less.</source>
      <translation>Une ligne par site et par seuil, et pour tous les sites réunis (Ensemble) : threshold et share (%), clients, held (poids), reach et unit, order, shape, outliers, unlinked, kind (mesurée), label et note. La part est celle des clients classés jusqu’à la portée (density : de ceux qui sont dedans) ; le contour d’une enveloppe ou d’une isochrone peut en tenir d’autres, et note dit alors la part qu’il tient ou, si la couche peut être transmise et qu’il y a plusieurs sites ou un poids, s’il en tient davantage ou moins.</translation>
    </message>
    <message>
      <source>One row per site: the fields of the sites, then site, role, attraction, expected, share (%), first_in (communes where it leads), left_out (communes without known demand), observed, modelled (the same clients as the model sends them), note.</source>
      <translation>Une ligne par site : les champs des sites, puis site, role, attraction, expected, share (%), first_in (communes où il est en tête), left_out (communes sans demande connue), observed, modelled (les mêmes clients, tels que le modèle les répartit), note.</translation>
    </message>
    <message>
      <source>One row per zone and variable: count, base, rate (per 100), reference (of all places) and index, each with its _etat; known (per cent of the base with a known figure), clients, reading.</source>
      <translation>Une ligne par zone et par variable : count, base, rate (pour 100), reference (de tous les lieux) et index, chacun avec son _etat ; known (part de la base dont le chiffre est connu, en %), clients, reading.</translation>
    </message>
    <message>
      <source>One site per place</source>
      <translation>Un seul site par lieu</translation>
    </message>
    <message>
      <source>Only the sheet told here was read</source>
      <translation>Seule la feuille indiquée ici a été lue</translation>
    </message>
    <message>
      <source>Only those kept, nothing is asked</source>
      <translation>Seulement les réponses gardées, rien n’est demandé</translation>
    </message>
    <message>
      <source>Open a profile of yours</source>
      <translation>Ouvrir un de vos profils</translation>
    </message>
    <message>
      <source>Open an existing dossier</source>
      <translation>Ouvrir un dossier existant</translation>
    </message>
    <message>
      <source>Open an existing dossier…</source>
      <translation>Ouvrir un dossier existant…</translation>
    </message>
    <message>
      <source>Open the &amp;folder</source>
      <translation>Ouvrir le &amp;répertoire</translation>
    </message>
    <message>
      <source>Open the &amp;project in QGIS</source>
      <translation>Ouvrir le pro&amp;jet dans QGIS</translation>
    </message>
    <message>
      <source>Open the folder</source>
      <translation>Ouvrir le dossier</translation>
    </message>
    <message>
      <source>Open the guide in the browser</source>
      <translation>Ouvrir le guide dans le navigateur</translation>
    </message>
    <message>
      <source>Open the page of this organisation (Annuaire des entreprises)</source>
      <translation>Ouvrir la page de cet organisme (Annuaire des entreprises)</translation>
    </message>
    <message>
      <source>Open the wizard</source>
      <translation>Ouvrir l’assistant</translation>
    </message>
    <message>
      <source>Open without saving</source>
      <translation>Ouvrir sans enregistrer</translation>
    </message>
    <message>
      <source>Open, begin anew, take back, demonstration, keys</source>
      <translation>Ouvrir, recommencer, reprendre, démonstration, touches</translation>
    </message>
    <message>
      <source>OpenStreetMap (highway, oneway and maxspeed of each road)</source>
      <translation>OpenStreetMap (highway, oneway et maxspeed de chaque route)</translation>
    </message>
    <message>
      <source>Open…</source>
      <translation>Ouvrir…</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>Ordre</translation>
    </message>
    <message>
      <source>Other columns</source>
      <translation>Autres colonnes</translation>
    </message>
    <message>
      <source>Other fields of the indicators that count something and may be summed.</source>
      <translation>Autres champs des indicateurs qui comptent quelque chose et peuvent être additionnés.</translation>
    </message>
    <message>
      <source>Outliers left out (row: km to the site): {rows}.</source>
      <translation>Clients très éloignés laissés de côté (ligne : km jusqu’au site) : {rows}.</translation>
    </message>
    <message>
      <source>Outlines not fetched, the maps will do without them: {file}. {reason}</source>
      <translation>Contours non téléchargés, les cartes s’en passeront : {file}. {reason}</translation>
    </message>
    <message>
      <source>Output folder</source>
      <translation>Dossier de sortie</translation>
    </message>
    <message>
      <source>Own area</source>
      <translation>Périmètre propre</translation>
    </message>
    <message>
      <source>PDF to write.</source>
      <translation>PDF à écrire.</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>Pages</translation>
    </message>
    <message>
      <source>Pages: {titles}</source>
      <translation>Pages : {titles}</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>Papier</translation>
    </message>
    <message>
      <source>Parameter of the decay: one number below zero (power, exponential), or two separated by a comma (logistic). Empty: -2, -0.1 or -3,0.2 (catalogue/decays.csv).</source>
      <translation>Paramètre de la décroissance : un nombre inférieur à zéro (power, exponential), ou deux séparés par une virgule (logistic). Vide : -2, -0.1 ou -3,0.2 (catalogue/decays.csv).</translation>
    </message>
    <message>
      <source>Parameter of the decay: one number below zero (power, exponential), or two separated by a comma (logistic). Empty: -2, -0.1 or -3,0.2 (catalogue/decays.csv). Estimated when OBSERVED is given.</source>
      <translation>Paramètre de la décroissance : un nombre inférieur à zéro (power, exponential), ou deux séparés par une virgule (logistic). Vide : -2, -0.1 ou -3,0.2 (catalogue/decays.csv). Estimé quand OBSERVED est donné.</translation>
    </message>
    <message>
      <source>Parts of a whole</source>
      <translation>Parts d’un tout</translation>
    </message>
    <message>
      <source>Parts of the cache</source>
      <translation>Parties du cache</translation>
    </message>
    <message>
      <source>Penetration and coverage</source>
      <translation>Pénétration et couverture</translation>
    </message>
    <message>
      <source>People</source>
      <translation>Personnes</translation>
    </message>
    <message>
      <source>People and addresses</source>
      <translation>Personnes et adresses</translation>
    </message>
    <message>
      <source>People of the commune</source>
      <translation>Personnes de la commune</translation>
    </message>
    <message>
      <source>People of the site {site}</source>
      <translation>Personnes du site {site}</translation>
    </message>
    <message>
      <source>People whose site is known</source>
      <translation>Personnes dont le site est connu</translation>
    </message>
    <message>
      <source>Per how many people</source>
      <translation>Pour combien de personnes</translation>
    </message>
    <message>
      <source>Percentile of the forecast ring</source>
      <translation>Centile de l’anneau prévu</translation>
    </message>
    <message>
      <source>Personal data: not to be shared.</source>
      <translation>Données personnelles : à ne pas transmettre.</translation>
    </message>
    <message>
      <source>Persons accompanied or employed. Never shown as points in what is shared.</source>
      <translation>Personnes accompagnées ou salariées. Jamais montrées en points dans ce qui se partage.</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Aperçu</translation>
    </message>
    <message>
      <source>Picture of the page “{title}”</source>
      <translation>Aperçu de la page « {title} »</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Lieu</translation>
    </message>
    <message>
      <source>Place (P)</source>
      <translation>Placer (P)</translation>
    </message>
    <message>
      <source>Place at the commune</source>
      <translation>Placer à la commune</translation>
    </message>
    <message>
      <source>Place name</source>
      <translation>Lieu-dit</translation>
    </message>
    <message>
      <source>Place on the map</source>
      <translation>Placer sur la carte</translation>
    </message>
    <message>
      <source>Places</source>
      <translation>Lieux</translation>
    </message>
    <message>
      <source>Places located</source>
      <translation>Lieux localisés</translation>
    </message>
    <message>
      <source>Places of interest</source>
      <translation>Lieux utiles</translation>
    </message>
    <message>
      <source>Places of the clients: {taken} clients in {places} places take part; {few} live in places of fewer than {minimum} clients, {outside} in none.</source>
      <translation>Lieux des clients : {taken} clients de {places} lieux sont pris en compte ; {few} sont dans des lieux de moins de {minimum} clients, {outside} dans aucun.</translation>
    </message>
    <message>
      <source>Places of work</source>
      <translation>Lieux de travail</translation>
    </message>
    <message>
      <source>Places that a person gave</source>
      <translation>Lieux donnés par une personne</translation>
    </message>
    <message>
      <source>Places that a person gave to addresses in the review window: they come first and are asked of no service. Empty: the file of the QGIS profile.</source>
      <translation>Lieux qu’une personne a donnés à des adresses dans la fenêtre de vérification : ils passent avant tout et ne sont demandés à aucun service. Vide : le fichier du profil QGIS.</translation>
    </message>
    <message>
      <source>Places that offer something: services, practitioners, employers…</source>
      <translation>Lieux qui offrent quelque chose : services, praticiens, employeurs…</translation>
    </message>
    <message>
      <source>Places to choose from</source>
      <translation>Lieux proposés</translation>
    </message>
    <message>
      <source>Places where people live: communes, grid cells or points. A polygon is reached at a point of its surface.</source>
      <translation>Lieux où habitent les personnes : communes, carreaux ou points. Un polygone est atteint en un point de sa surface.</translation>
    </message>
    <message>
      <source>Places without a point</source>
      <translation>Lieux sans point</translation>
    </message>
    <message>
      <source>Plan IGN (Internet)</source>
      <translation>Plan IGN (Internet)</translation>
    </message>
    <message>
      <source>Points</source>
      <translation>Points</translation>
    </message>
    <message>
      <source>Points for which one ring or all could not be drawn, with the reason.</source>
      <translation>Points pour lesquels un anneau ou tous n’ont pas pu être dessinés, avec la raison.</translation>
    </message>
    <message>
      <source>Points in the legal projection of the territory, in the order of the input.</source>
      <translation>Points dans la projection légale du territoire, dans l’ordre de l’entrée.</translation>
    </message>
    <message>
      <source>Points of people</source>
      <translation>Points de personnes</translation>
    </message>
    <message>
      <source>Points to start from, for example the sites of the structure. All their fields are kept.</source>
      <translation>Points de départ, par exemple les sites de la structure. Tous leurs champs sont gardés.</translation>
    </message>
    <message>
      <source>Points with kind, label, theme, name, siret, source, codgeo and quality.</source>
      <translation>Points avec kind, label, theme, name, siret, source, codgeo et quality.</translation>
    </message>
    <message>
      <source>Points without isochrone</source>
      <translation>Points sans isochrone</translation>
    </message>
    <message>
      <source>Polygons of communes with the field codgeo; the field role (territoire or voisin) tells the neighbours, which count in no reference.</source>
      <translation>Polygones des communes avec le champ codgeo ; le champ role (territoire ou voisin) distingue les voisines, qui ne comptent dans aucune référence.</translation>
    </message>
    <message>
      <source>Polygons of the zone to look like. Of Catchment zones: the smallest zone of all sites.</source>
      <translation>Polygones de la zone à laquelle ressembler. De « Zones de chalandise » : la plus petite zone de tous les sites réunis.</translation>
    </message>
    <message>
      <source>Polygons of your own territory, in place of a code or added to it: a commune is taken when a point of its surface, or more than half of it, lies inside.</source>
      <translation>Polygones de votre propre territoire, à la place d’un code ou en plus : une commune est retenue quand un point de sa surface, ou plus de la moitié de celle-ci, s’y trouve.</translation>
    </message>
    <message>
      <source>Polygons of your own territory, in place of a code or added to it: the data of every commune that meets their extent are fetched.</source>
      <translation>Polygones de votre propre territoire, à la place d’un code ou en plus : les données de toutes les communes qui touchent leur emprise sont téléchargées.</translation>
    </message>
    <message>
      <source>Polygons to describe. They may overlap, as rings do. All their fields are kept.</source>
      <translation>Polygones à décrire. Ils peuvent se chevaucher, comme le font les anneaux. Tous leurs champs sont gardés.</translation>
    </message>
    <message>
      <source>Polygons with one or more figures, for example the output of Indicators of a territory.</source>
      <translation>Polygones portant un ou plusieurs chiffres, par exemple la sortie de Indicateurs d’un territoire.</translation>
    </message>
    <message>
      <source>Polygons with the fields of the points and value, mode, engine, inside_error, outside_error; the largest first.</source>
      <translation>Polygones avec les champs des points et value, mode, engine, inside_error, outside_error ; les plus grands d’abord.</translation>
    </message>
    <message>
      <source>Population</source>
      <translation>Population</translation>
    </message>
    <message>
      <source>Post box or special delivery in the address</source>
      <translation>Boîte postale ou course spéciale dans l’adresse</translation>
    </message>
    <message>
      <source>Postcode</source>
      <translation>Code postal</translation>
    </message>
    <message>
      <source>Postcode and town exchanged</source>
      <translation>Code postal et commune inversés</translation>
    </message>
    <message>
      <source>Postcode and town repeated in the address</source>
      <translation>Code postal et commune répétés dans l’adresse</translation>
    </message>
    <message>
      <source>Postcode and town taken apart</source>
      <translation>Code postal et commune séparés</translation>
    </message>
    <message>
      <source>Postcode badly written</source>
      <translation>Code postal mal écrit</translation>
    </message>
    <message>
      <source>Postcode field</source>
      <translation>Champ du code postal</translation>
    </message>
    <message>
      <source>Postcode in the cell of the town</source>
      <translation>Code postal dans la cellule de la commune</translation>
    </message>
    <message>
      <source>Postcode left empty</source>
      <translation>Code postal laissé vide</translation>
    </message>
    <message>
      <source>Postcode put back on five digits</source>
      <translation>Code postal remis sur cinq chiffres</translation>
    </message>
    <message>
      <source>Postcode that cannot be read</source>
      <translation>Code postal illisible</translation>
    </message>
    <message>
      <source>Postcode without its leading zero</source>
      <translation>Code postal sans son zéro de tête</translation>
    </message>
    <message>
      <source>Preview</source>
      <translation>Aperçu</translation>
    </message>
    <message>
      <source>Previews of the profile editor</source>
      <translation>Aperçus de l’éditeur de profils</translation>
    </message>
    <message>
      <source>Previous self-evaluation</source>
      <translation>Auto-évaluation précédente</translation>
    </message>
    <message>
      <source>Primary zone</source>
      <translation>Zone primaire</translation>
    </message>
    <message>
      <source>Print a page for each commune of the territory.</source>
      <translation>Imprime une page pour chaque commune du territoire.</translation>
    </message>
    <message>
      <source>Print the atlas of a dossier</source>
      <translation>Imprimer l’atlas d’un dossier</translation>
    </message>
    <message>
      <source>Printed pages</source>
      <translation>Pages imprimables</translation>
    </message>
    <message>
      <source>Printing the atlas…</source>
      <translation>Impression de l’atlas…</translation>
    </message>
    <message>
      <source>Priority neighbourhoods: {count} in the communes.</source>
      <translation>Quartiers prioritaires : {count} dans les communes.</translation>
    </message>
    <message>
      <source>Problems of the table of clients</source>
      <translation>Anomalies du tableau des clients</translation>
    </message>
    <message>
      <source>Problems: {count}</source>
      <translation>Problèmes : {count}</translation>
    </message>
    <message>
      <source>Profile</source>
      <translation>Profil</translation>
    </message>
    <message>
      <source>Profile and options</source>
      <translation>Profil et options</translation>
    </message>
    <message>
      <source>Profile of zones</source>
      <translation>Profil d’une zone</translation>
    </message>
    <message>
      <source>Profile that you edited, to be checked; its copy, if you ask for one, is written tidily.</source>
      <translation>Profil que vous avez modifié, à vérifier ; sa copie, si vous en demandez une, est écrite au propre.</translation>
    </message>
    <message>
      <source>Profile to copy</source>
      <translation>Profil à copier</translation>
    </message>
    <message>
      <source>Profile to copy: coodiag, ess, ctg, or the path of a file. Not used when an edited profile is given.</source>
      <translation>Profil à copier : coodiag, ess, ctg, ou le chemin d’un fichier. Sans effet quand un profil modifié est donné.</translation>
    </message>
    <message>
      <source>Profile to edit</source>
      <translation>Profil à modifier</translation>
    </message>
    <message>
      <source>Profile: what the atlas tells</source>
      <translation>Profil : ce que dit l’atlas</translation>
    </message>
    <message>
      <source>Profiles (*.json)</source>
      <translation>Profils (*.json)</translation>
    </message>
    <message>
      <source>Progress of the diagnosis</source>
      <translation>Avancement du diagnostic</translation>
    </message>
    <message>
      <source>Progress of the picture</source>
      <translation>Avancement de l’aperçu</translation>
    </message>
    <message>
      <source>Progress of the review</source>
      <translation>Avancement de la vérification</translation>
    </message>
    <message>
      <source>Progress plan</source>
      <translation>Plan de progrès</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>Projet</translation>
    </message>
    <message>
      <source>Project, with online layers</source>
      <translation>Projet, avec les couches en ligne</translation>
    </message>
    <message>
      <source>Prospection hexagons</source>
      <translation>Hexagones de prospection</translation>
    </message>
    <message>
      <source>Prospection zones</source>
      <translation>Zones de prospection</translation>
    </message>
    <message>
      <source>Prospects</source>
      <translation>Prospects</translation>
    </message>
    <message>
      <source>Prospects and scores by commune (all of them, by code) or hexagon (the best first, called by its rank; those that score zero are left out); white: beyond the reach of every site. Scores are about establishments of the public register, not about persons: none is hidden, even where one establishment makes most of it.</source>
      <translation>Prospects et scores par commune (toutes, par code) ou par hexagone (les meilleurs d’abord, nommés par leur rang ; ceux dont le score est nul sont laissés de côté) ; en blanc : hors de portée de tous les sites. Les scores portent sur des établissements du répertoire public, non sur des personnes : aucun n’est caché, même là où un établissement en fait l’essentiel.</translation>
    </message>
    <message>
      <source>Prospects with score, rank and reason, the best first. commune is the name in COMMUNES, else that of the establishments, else the code.</source>
      <translation>Prospects avec score, rang et raison, les meilleurs d’abord. commune est le nom donné par COMMUNES, sinon par les établissements, sinon le code.</translation>
    </message>
    <message>
      <source>Provenance</source>
      <translation>Provenance</translation>
    </message>
    <message>
      <source>Pseudo-R² of the calibration</source>
      <translation>Pseudo-R² du calage</translation>
    </message>
    <message>
      <source>Public page</source>
      <translation>Page publique</translation>
    </message>
    <message>
      <source>Put a row whose street is not found at its commune; otherwise it goes to FAILED.</source>
      <translation>Place à la commune une ligne dont la voie est introuvable ; sinon elle va dans FAILED.</translation>
    </message>
    <message>
      <source>Pyramid</source>
      <translation>Pyramide</translation>
    </message>
    <message>
      <source>QGIS cannot read its symbols</source>
      <translation>QGIS ne peut pas lire ses symboles</translation>
    </message>
    <message>
      <source>QGIS could not draw this page: too little memory is left.</source>
      <translation>QGIS n’a pas pu dessiner cette page : il reste trop peu de mémoire.</translation>
    </message>
    <message>
      <source>QGIS could not start its process for long runs: {reason}.</source>
      <translation>QGIS n’a pas pu lancer son processus de calcul : {reason}.</translation>
    </message>
    <message>
      <source>QGIS project</source>
      <translation>Projet QGIS</translation>
    </message>
    <message>
      <source>QGIS says: {reason}</source>
      <translation>QGIS dit : {reason}</translation>
    </message>
    <message>
      <source>QGIS was closed during the last run. Nothing is lost: start again, what was fetched or located is kept.</source>
      <translation>QGIS a été fermé pendant le dernier calcul. Rien n’est perdu : relancez, ce qui a été téléchargé ou localisé est gardé.</translation>
    </message>
    <message>
      <source>Quotation marks not closed in the file</source>
      <translation>Guillemets non refermés dans le fichier</translation>
    </message>
    <message>
      <source>Radar</source>
      <translation>Radar</translation>
    </message>
    <message>
      <source>Ranking clients by travel time needs a road layer. Give ROADS, or choose the order “distance”.</source>
      <translation>Ranger les clients par temps de trajet demande une couche de routes. Donnez ROADS, ou choisissez l’ordre « distance ».</translation>
    </message>
    <message>
      <source>Rate that fills the circles</source>
      <translation>Taux qui colore les cercles</translation>
    </message>
    <message>
      <source>Reach</source>
      <translation>Portée</translation>
    </message>
    <message>
      <source>Read the file again</source>
      <translation>Relire le fichier</translation>
    </message>
    <message>
      <source>Reading</source>
      <translation>Lecture</translation>
    </message>
    <message>
      <source>Reading the data folder…</source>
      <translation>Lecture du dossier de données…</translation>
    </message>
    <message>
      <source>Reading the list of communes (geo.api.gouv.fr)…</source>
      <translation>Lecture de la liste des communes (geo.api.gouv.fr)…</translation>
    </message>
    <message>
      <source>Reading the list of communes in the folder…</source>
      <translation>Lecture de la liste des communes du dossier…</translation>
    </message>
    <message>
      <source>Reading the lists and contours of communes…</source>
      <translation>Lecture des listes et des contours de communes…</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Lecture…</translation>
    </message>
    <message>
      <source>Ready: the wizard leads from your files to an atlas. A demonstration is in it.</source>
      <translation>Prêt : l’assistant mène de vos fichiers à l’atlas. Il contient une démonstration.</translation>
    </message>
    <message>
      <source>Recent ones are used again</source>
      <translation>Les récentes sont réutilisées</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>Rétablir</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Référence</translation>
    </message>
    <message>
      <source>References</source>
      <translation>Références</translation>
    </message>
    <message>
      <source>References of the indicators</source>
      <translation>Références des indicateurs</translation>
    </message>
    <message>
      <source>Remark of the run</source>
      <translation>Remarque du traitement</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Retirer</translation>
    </message>
    <message>
      <source>Remove the indicator (Del)</source>
      <translation>Retirer l’indicateur (Suppr)</translation>
    </message>
    <message>
      <source>Remove {size}? It will be asked or made again when it is needed. Do not do it while a diagnosis runs. Your corrections and the wizard's draft stay.</source>
      <translation>Supprimer {size} ? Ce sera redemandé ou refait au besoin. Ne le faites pas pendant un diagnostic. Vos corrections et le brouillon de l’assistant restent.</translation>
    </message>
    <message>
      <source>Repeated rows of column names left out: {count}.</source>
      <translation>Lignes d’en-tête répétées, écartées : {count}.</translation>
    </message>
    <message>
      <source>Repetition taken out of the address</source>
      <translation>Répétition retirée de l’adresse</translation>
    </message>
    <message>
      <source>Replace a file that is there</source>
      <translation>Remplacer un fichier existant</translation>
    </message>
    <message>
      <source>Replace files that exist</source>
      <translation>Remplacer les fichiers existants</translation>
    </message>
    <message>
      <source>Replace tables that are there</source>
      <translation>Remplacer les tableaux existants</translation>
    </message>
    <message>
      <source>Report for a browser</source>
      <translation>Rapport pour navigateur</translation>
    </message>
    <message>
      <source>Report to edit</source>
      <translation>Rapport à modifier</translation>
    </message>
    <message>
      <source>Report to edit (LibreOffice, Word)</source>
      <translation>Rapport à modifier (LibreOffice, Word)</translation>
    </message>
    <message>
      <source>Resolution of the atlas (dpi)</source>
      <translation>Résolution de l’atlas (ppp)</translation>
    </message>
    <message>
      <source>Resolution of what cannot be drawn as vectors.</source>
      <translation>Résolution de ce qui ne peut pas être dessiné en vecteurs.</translation>
    </message>
    <message>
      <source>Respondents</source>
      <translation>Répondants</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>Résultats</translation>
    </message>
    <message>
      <source>Review</source>
      <translation>Vérification</translation>
    </message>
    <message>
      <source>Review addresses</source>
      <translation>Vérifier des adresses</translation>
    </message>
    <message>
      <source>Review doubtful addresses…</source>
      <translation>Vérifier les adresses douteuses…</translation>
    </message>
    <message>
      <source>Review the &amp;addresses…</source>
      <translation>Vérifier les &amp;adresses…</translation>
    </message>
    <message>
      <source>Review…</source>
      <translation>Vérifier…</translation>
    </message>
    <message>
      <source>Rings</source>
      <translation>Anneaux</translation>
    </message>
    <message>
      <source>Rings of travel time or of road distance.</source>
      <translation>Anneaux de temps de trajet ou de distance par la route.</translation>
    </message>
    <message>
      <source>Road classes without a speed of their own took the speed of “other”: {classes}.</source>
      <translation>Les classes de routes sans vitesse propre ont reçu la vitesse de « other » : {classes}.</translation>
    </message>
    <message>
      <source>Road graph built, and kept for the next runs.</source>
      <translation>Réseau routier construit, et gardé pour les prochains lancements.</translation>
    </message>
    <message>
      <source>Road graph taken from those that are kept: same roads, speeds and way of moving as in an earlier run.</source>
      <translation>Réseau routier repris parmi ceux qui sont gardés : mêmes routes, mêmes vitesses et même façon de se déplacer que lors d’un lancement précédent.</translation>
    </message>
    <message>
      <source>Road graphs</source>
      <translation>Graphes routiers</translation>
    </message>
    <message>
      <source>Road layer (BD TOPO, OpenStreetMap or any lines).</source>
      <translation>Couche de routes (BD TOPO, OpenStreetMap ou lignes quelconques).</translation>
    </message>
    <message>
      <source>Road layer (BD TOPO, OpenStreetMap or any lines). Left empty, the roads of the services or of the data folder are used when they cover the territory; without any, distances are as the crow flies.</source>
      <translation>Couche de routes (BD TOPO, OpenStreetMap ou lignes quelconques). Vide : les routes des services ou du dossier de données sont utilisées si elles couvrent le territoire ; sans aucune, les distances vont à vol d’oiseau.</translation>
    </message>
    <message>
      <source>Road layer (BD TOPO, OpenStreetMap or any lines). Without it only the order distance or commune is possible.</source>
      <translation>Couche de routes (BD TOPO, OpenStreetMap ou lignes quelconques). Sans elle, seuls les ordres distance et commune sont possibles.</translation>
    </message>
    <message>
      <source>Road layer of the territory: BD TOPO, OpenStreetMap or any lines. Needed.</source>
      <translation>Couche de routes du territoire : BD TOPO, OpenStreetMap ou lignes quelconques. Nécessaire.</translation>
    </message>
    <message>
      <source>Road layer that covers the surroundings of the points: BD TOPO, OpenStreetMap or any lines. Needed by the engine roads, and by no other.</source>
      <translation>Couche de routes qui couvre les alentours des points : BD TOPO, OpenStreetMap ou lignes quelconques. Nécessaire au moteur roads, et à lui seul.</translation>
    </message>
    <message>
      <source>Road layer whose classes the table is about. Empty: all the classes of BD TOPO and OpenStreetMap.</source>
      <translation>Couche de routes dont le tableau donne les classes. Vide : toutes les classes de la BD TOPO et d’OpenStreetMap.</translation>
    </message>
    <message>
      <source>Road network: {length} km, {edges} sections, {nodes} junctions; {parts} separate parts, the largest holds {share} % of the length.</source>
      <translation>Réseau routier : {length} km, {edges} tronçons, {nodes} carrefours ; {parts} parties séparées, dont la plus grande réunit {share} % de la longueur.</translation>
    </message>
    <message>
      <source>Roads</source>
      <translation>Routes</translation>
    </message>
    <message>
      <source>Roads read as {schema}.</source>
      <translation>Routes lues comme {schema}.</translation>
    </message>
    <message>
      <source>Roads {move}:</source>
      <translation>Routes {move} :</translation>
    </message>
    <message>
      <source>Roads, for minutes to the nearest site in the typology. Empty: kilometres as the crow flies.</source>
      <translation>Routes, pour les minutes jusqu’au site le plus proche dans la typologie. Vide : kilomètres à vol d’oiseau.</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>Ligne</translation>
    </message>
    <message>
      <source>Row identical to row {other}</source>
      <translation>Ligne identique à la ligne {other}</translation>
    </message>
    <message>
      <source>Row identical to row {other}, without a name or a number</source>
      <translation>Ligne identique à la ligne {other}, sans nom ni identifiant</translation>
    </message>
    <message>
      <source>Row kept, to be checked</source>
      <translation>Ligne gardée, à vérifier</translation>
    </message>
    <message>
      <source>Row kept: nothing says that it is the same person</source>
      <translation>Ligne gardée : rien ne dit qu’il s’agit de la même personne</translation>
    </message>
    <message>
      <source>Row left out</source>
      <translation>Ligne écartée</translation>
    </message>
    <message>
      <source>Row of a total or of a table's foot</source>
      <translation>Ligne de total ou de pied de tableau</translation>
    </message>
    <message>
      <source>Row refused</source>
      <translation>Ligne refusée</translation>
    </message>
    <message>
      <source>Rows accepted: {count}. Undo takes them back together.</source>
      <translation>Lignes acceptées : {count}. Annuler les reprend toutes ensemble.</translation>
    </message>
    <message>
      <source>Rows by score: {bars}</source>
      <translation>Lignes par score : {bars}</translation>
    </message>
    <message>
      <source>Rows kept</source>
      <translation>Lignes retenues</translation>
    </message>
    <message>
      <source>Rows left out, identical to another one: {count}.</source>
      <translation>Lignes écartées, identiques à une autre : {count}.</translation>
    </message>
    <message>
      <source>Rows left out, with no address, town or postcode: {count}.</source>
      <translation>Lignes écartées, sans adresse, commune ni code postal : {count}.</translation>
    </message>
    <message>
      <source>Rows not located, with the reason in geo_note: correct them and run them alone.</source>
      <translation>Lignes non localisées, avec la raison dans geo_note : corrigez-les et relancez-les seules.</translation>
    </message>
    <message>
      <source>Rows of totals left out: {count}.</source>
      <translation>Lignes de total écartées : {count}.</translation>
    </message>
    <message>
      <source>Rows of {file} left out, as totals or as samples that begin with “Exemple”: {count}.</source>
      <translation>Lignes de {file} laissées de côté, comme totaux ou comme exemples qui commencent par « Exemple » : {count}.</translation>
    </message>
    <message>
      <source>Rows read</source>
      <translation>Lignes lues</translation>
    </message>
    <message>
      <source>Rows refused</source>
      <translation>Lignes refusées</translation>
    </message>
    <message>
      <source>Rows shown</source>
      <translation>Lignes montrées</translation>
    </message>
    <message>
      <source>Rows that are not located, or have another place as likely, are never among them. Undo takes the whole step back.</source>
      <translation>Les lignes non localisées, ou dont un autre lieu a autant de chances, n’en sont jamais. Annuler reprend tout en une fois.</translation>
    </message>
    <message>
      <source>Rows that have the place that a person gave to their address: {count}.</source>
      <translation>Lignes qui ont le lieu qu’une personne a donné à leur adresse : {count}.</translation>
    </message>
    <message>
      <source>Rows that will be accepted: {count}, of {shown} shown.</source>
      <translation>Lignes qui seront acceptées : {count}, sur {shown} affichées.</translation>
    </message>
    <message>
      <source>Rows to locate: a table, or a layer whose geometry is not used.</source>
      <translation>Lignes à localiser : une table, ou une couche dont la géométrie n’est pas utilisée.</translation>
    </message>
    <message>
      <source>Rows under review</source>
      <translation>Lignes en cours de vérification</translation>
    </message>
    <message>
      <source>Rows with more cells than there are columns: {count}.</source>
      <translation>Lignes avec plus de cellules que de colonnes : {count}.</translation>
    </message>
    <message>
      <source>Rows with the reference of another one, kept: {count}.</source>
      <translation>Lignes portant la référence d’une autre, gardées : {count}.</translation>
    </message>
    <message>
      <source>Rows with the same &amp;remark as the row under review:</source>
      <translation>Lignes de même &amp;remarque que la ligne en cours :</translation>
    </message>
    <message>
      <source>Rows without a street, placed at their commune: {count} of {rows}.</source>
      <translation>Lignes sans voie, placées à leur commune : {count} sur {rows}.</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>Lancement</translation>
    </message>
    <message>
      <source>Run file</source>
      <translation>Fichier de lancement</translation>
    </message>
    <message>
      <source>Run them again</source>
      <translation>Relancer</translation>
    </message>
    <message>
      <source>S&amp;ee on the map</source>
      <translation>&amp;Voir sur la carte</translation>
    </message>
    <message>
      <source>S&amp;top</source>
      <translation>Arrê&amp;ter</translation>
    </message>
    <message>
      <source>S&amp;ubtitle</source>
      <translation>&amp;Sous-titre</translation>
    </message>
    <message>
      <source>SIREN in place of a SIRET</source>
      <translation>SIREN au lieu d’un SIRET</translation>
    </message>
    <message>
      <source>SIREN kept</source>
      <translation>SIREN gardé</translation>
    </message>
    <message>
      <source>SIRET</source>
      <translation>SIRET</translation>
    </message>
    <message>
      <source>SIRET in scientific notation</source>
      <translation>SIRET en notation scientifique</translation>
    </message>
    <message>
      <source>SIRET kept as text, to be checked</source>
      <translation>SIRET gardé comme texte, à vérifier</translation>
    </message>
    <message>
      <source>SIRET shortened by the spreadsheet (scientific notation)</source>
      <translation>SIRET réduit par le tableur (notation scientifique)</translation>
    </message>
    <message>
      <source>SIRET that cannot be read</source>
      <translation>SIRET illisible</translation>
    </message>
    <message>
      <source>SIRET whose check digit is wrong: {count}.</source>
      <translation>SIRET dont la clé de contrôle est fausse : {count}.</translation>
    </message>
    <message>
      <source>SIRET without its leading zero</source>
      <translation>SIRET sans son zéro de tête</translation>
    </message>
    <message>
      <source>SOURCE is folder, but no data folder is given: choose it in DATA_FOLDER, or set SOURCE to online.</source>
      <translation>SOURCE vaut folder, mais aucun dossier de données n’est donné : choisissez-le dans DATA_FOLDER, ou donnez à SOURCE la valeur online.</translation>
    </message>
    <message>
      <source>Same reference as row {other}, other contents</source>
      <translation>Même référence que la ligne {other}, contenu différent</translation>
    </message>
    <message>
      <source>Sample of what would be sent</source>
      <translation>Échantillon de ce qui serait envoyé</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Enregistrer</translation>
    </message>
    <message>
      <source>Save as…</source>
      <translation>Enregistrer sous…</translation>
    </message>
    <message>
      <source>Save it, then open</source>
      <translation>L’enregistrer, puis ouvrir</translation>
    </message>
    <message>
      <source>Save the profile</source>
      <translation>Enregistrer le profil</translation>
    </message>
    <message>
      <source>Save under another name</source>
      <translation>Enregistrer sous un autre nom</translation>
    </message>
    <message>
      <source>Saved: {file}. Choose it as the profile of a diagnosis.</source>
      <translation>Enregistré : {file}. Choisissez-le comme profil d’un diagnostic.</translation>
    </message>
    <message>
      <source>Scale of the commune maps</source>
      <translation>Échelle des cartes de communes</translation>
    </message>
    <message>
      <source>Scale of the maps of the communes: fit (each commune fills its map) or fixed (the same scale for all, so that pages compare).</source>
      <translation>Échelle des cartes de communes : fit (chaque commune remplit sa carte) ou fixed (la même échelle pour toutes, pour comparer les pages).</translation>
    </message>
    <message>
      <source>Score</source>
      <translation>Score</translation>
    </message>
    <message>
      <source>Scores</source>
      <translation>Scores</translation>
    </message>
    <message>
      <source>Scores, from 0 to 1, of the rows placed at an address, a street or a place name:</source>
      <translation>Scores, de 0 à 1, des lignes placées à une adresse, une voie ou un lieu-dit :</translation>
    </message>
    <message>
      <source>Scores, states, numbers of answers and spread by objective, sub-theme, theme and shown function.</source>
      <translation>Scores, états, nombres de réponses et étendue par objectif, sous-thème, thème et fonction montrée.</translation>
    </message>
    <message>
      <source>Search (Ctrl+F)</source>
      <translation>Rechercher (Ctrl+F)</translation>
    </message>
    <message>
      <source>Search for a territory</source>
      <translation>Chercher un territoire</translation>
    </message>
    <message>
      <source>Search in the addresses</source>
      <translation>Rechercher dans les adresses</translation>
    </message>
    <message>
      <source>Search in the indicators</source>
      <translation>Chercher dans les indicateurs</translation>
    </message>
    <message>
      <source>Search: unemployment, housing, age…</source>
      <translation>Chercher : chômage, logement, âge…</translation>
    </message>
    <message>
      <source>Secondary zone</source>
      <translation>Zone secondaire</translation>
    </message>
    <message>
      <source>See and delete corrections</source>
      <translation>Voir et supprimer des corrections</translation>
    </message>
    <message>
      <source>See the &amp;results</source>
      <translation>Voir les &amp;résultats</translation>
    </message>
    <message>
      <source>See the picture of the page</source>
      <translation>Voir l’aperçu de la page</translation>
    </message>
    <message>
      <source>Self-evaluation (Cap)</source>
      <translation>Auto-évaluation (Cap)</translation>
    </message>
    <message>
      <source>Service address</source>
      <translation>Adresse du service</translation>
    </message>
    <message>
      <source>Services and the people they are for</source>
      <translation>Les services et leurs publics</translation>
    </message>
    <message>
      <source>Services on the network</source>
      <translation>Services en ligne</translation>
    </message>
    <message>
      <source>Several points</source>
      <translation>Plusieurs points</translation>
    </message>
    <message>
      <source>Several sites have the same name, so that their clients cannot be told apart: {names}. Give them different names.</source>
      <translation>Plusieurs sites portent le même nom, si bien que leurs clients ne se distinguent pas : {names}. Donnez-leur des noms différents.</translation>
    </message>
    <message>
      <source>Shades (rates, indices, durations)</source>
      <translation>Aplats (taux, indices, durées)</translation>
    </message>
    <message>
      <source>Shape</source>
      <translation>Forme</translation>
    </message>
    <message>
      <source>Share of the employed people of the zone who work elsewhere</source>
      <translation>Part de sortants parmi les actifs occupés de la zone</translation>
    </message>
    <message>
      <source>Share of the employed people of the zone who work there</source>
      <translation>Part de stables parmi les actifs occupés de la zone</translation>
    </message>
    <message>
      <source>Share of the jobs in the clusters (%)</source>
      <translation>Part des emplois dans les pôles (%)</translation>
    </message>
    <message>
      <source>Share of the jobs of the zone held by people from elsewhere</source>
      <translation>Part d’entrants parmi les emplois de la zone</translation>
    </message>
    <message>
      <source>Share of the observed clients, in per cent, whose cost the ring of FORECAST takes in.</source>
      <translation>Part des clients observés, en %, dont le coût tient dans l’anneau de FORECAST.</translation>
    </message>
    <message>
      <source>Share of the site {site}</source>
      <translation>Part du site {site}</translation>
    </message>
    <message>
      <source>Share of the surface of the zones that the layer of indicators covers: {least} to {most} %.</source>
      <translation>Part de la surface des zones que couvre la couche d’indicateurs : de {least} à {most} %.</translation>
    </message>
    <message>
      <source>Shares</source>
      <translation>Parts</translation>
    </message>
    <message>
      <source>Shares of the clients, in per cent, that the primary, secondary and tertiary zones hold, separated by commas.</source>
      <translation>Parts des clients, en %, que réunissent les zones primaire, secondaire et tertiaire, séparées par des virgules.</translation>
    </message>
    <message>
      <source>Sheet</source>
      <translation>Feuille</translation>
    </message>
    <message>
      <source>Sheet of a workbook. Empty: the one whose header names the most known columns.</source>
      <translation>Feuille d’un classeur. Vide : celle dont l’en-tête nomme le plus de colonnes connues.</translation>
    </message>
    <message>
      <source>Show a bac&amp;kground (IGN, Internet)</source>
      <translation>Montrer un &amp;fond (IGN, Internet)</translation>
    </message>
    <message>
      <source>Show the &amp;details</source>
      <translation>Voir le &amp;détail</translation>
    </message>
    <message>
      <source>Show the &amp;picture</source>
      <translation>Montrer l’a&amp;perçu</translation>
    </message>
    <message>
      <source>Show the very request</source>
      <translation>Montrer exactement ce qui part</translation>
    </message>
    <message>
      <source>Sign that starts it taken out, text kept</source>
      <translation>Signe déclencheur retiré, texte gardé</translation>
    </message>
    <message>
      <source>Similar communes</source>
      <translation>Communes semblables</translation>
    </message>
    <message>
      <source>Sirène stock</source>
      <translation>Stock Sirène</translation>
    </message>
    <message>
      <source>Sirène stock: {read} rows looked at, {kept} active establishments of {communes} communes written, {located} of them located.</source>
      <translation>Stock Sirène : {read} lignes examinées, {kept} établissements actifs de {communes} communes écrits, dont {located} localisés.</translation>
    </message>
    <message>
      <source>Sirène: {read} rows read, {inside} in the territory, of which {duplicates} repeated, {closed} closed, {filtered} left out by the filters, {kept} kept.</source>
      <translation>Sirène : {read} lignes lues, {inside} dans le territoire, dont {duplicates} répétées, {closed} fermées, {filtered} écartées par les filtres, {kept} retenues.</translation>
    </message>
    <message>
      <source>Site</source>
      <translation>Site</translation>
    </message>
    <message>
      <source>Site of each person</source>
      <translation>Site de chaque personne</translation>
    </message>
    <message>
      <source>Site of the client</source>
      <translation>Site du client</translation>
    </message>
    <message>
      <source>Site of the clients</source>
      <translation>Site des clients</translation>
    </message>
    <message>
      <source>Sites</source>
      <translation>Sites</translation>
    </message>
    <message>
      <source>Sites of the others, with the same attraction field, or with that of COMPETITOR_ATTRACTION. Empty: the demand is shared among the structure's own sites.</source>
      <translation>Sites des autres, avec le même champ d’attraction, ou avec celui de COMPETITOR_ATTRACTION. Vide : la demande est répartie entre les seuls sites de la structure.</translation>
    </message>
    <message>
      <source>Sites of the structure</source>
      <translation>Sites de la structure</translation>
    </message>
    <message>
      <source>Sites of the structure, where the lines of POINTS end. Without it they end in the middle of the commune that the field names.</source>
      <translation>Sites de la structure, où finissent les lignes de POINTS. Sans eux, elles finissent au milieu de la commune que nomme le champ.</translation>
    </message>
    <message>
      <source>Sites of the structure.</source>
      <translation>Sites de la structure.</translation>
    </message>
    <message>
      <source>Sites of the structure. A field siret lets its own establishments be left out.</source>
      <translation>Sites de la structure. Un champ siret permet d’écarter ses propres établissements.</translation>
    </message>
    <message>
      <source>Sites of the structure. Needed by the typology only.</source>
      <translation>Sites de la structure. Nécessaires à la seule typologie.</translation>
    </message>
    <message>
      <source>Six steps, that you can leave and resume. All you need to begin:</source>
      <translation>Six étapes, que vous pouvez quitter et reprendre. Pour commencer, il suffit :</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Taille</translation>
    </message>
    <message>
      <source>Slides</source>
      <translation>Diapositives</translation>
    </message>
    <message>
      <source>Slopes between two years</source>
      <translation>Pentes entre deux années</translation>
    </message>
    <message>
      <source>Some addresses may need to be reviewed.</source>
      <translation>Des adresses sont peut-être à revoir.</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Source</translation>
    </message>
    <message>
      <source>Source of the establishments</source>
      <translation>Source des établissements</translation>
    </message>
    <message>
      <source>Sources of the indicators</source>
      <translation>Sources des indicateurs</translation>
    </message>
    <message>
      <source>Specialisation by sector</source>
      <translation>Spécialisation par secteur</translation>
    </message>
    <message>
      <source>Speeds of the table {file}: {changed} of its {count} rows differ from those of Coodiag.</source>
      <translation>Vitesses du tableau {file} : {changed} de ses {count} lignes diffèrent de celles de Coodiag.</translation>
    </message>
    <message>
      <source>Spread of the clients</source>
      <translation>Dispersion des clients</translation>
    </message>
    <message>
      <source>Spreadsheet of the beneficiaries (or employees): address, postcode, town. They never appear as points in anything that can be shared.</source>
      <translation>Tableur des bénéficiaires (ou des salariés) : adresse, code postal, ville. Ils n’apparaissent jamais comme points dans ce qui peut être transmis.</translation>
    </message>
    <message>
      <source>Spreadsheet of the clients: address, postcode, town; SIRET, activity, turnover and hours when they are known.</source>
      <translation>Tableur des clients : adresse, code postal, ville ; SIRET, activité, chiffre d’affaires et heures quand ils sont connus.</translation>
    </message>
    <message>
      <source>Spreadsheet of the structure's sites (csv, txt, xlsx, ods): name and address.</source>
      <translation>Tableur des sites de la structure (csv, txt, xlsx, ods) : nom et adresse.</translation>
    </message>
    <message>
      <source>Standard deviation of the Gaussian kernel, at least 500 m in a layer to be shared. Empty: Scott's rule. It is printed in the note.</source>
      <translation>Écart type du noyau gaussien, d’au moins 500 m dans une couche à transmettre. Vide : règle de Scott. La valeur est écrite dans la note.</translation>
    </message>
    <message>
      <source>Standard deviation of the notes from which the views on an objective are said to diverge.</source>
      <translation>Écart type des notes à partir duquel les points de vue sur un objectif sont dits divergents.</translation>
    </message>
    <message>
      <source>Start the diagnosis again, later if need be: what was received is kept, and only the rest is asked for.</source>
      <translation>Relancez le diagnostic, plus tard au besoin : ce qui a été reçu est gardé, seul le reste est redemandé.</translation>
    </message>
    <message>
      <source>State</source>
      <translation>État</translation>
    </message>
    <message>
      <source>Step {number}: {problem}</source>
      <translation>Étape {number} : {problem}</translation>
    </message>
    <message>
      <source>Step {number}: {title}</source>
      <translation>Étape {number} : {title}</translation>
    </message>
    <message>
      <source>Step {number}: {title}, {state}</source>
      <translation>Étape {number} : {title}, {state}</translation>
    </message>
    <message>
      <source>Steps of the diagnosis</source>
      <translation>Étapes du diagnostic</translation>
    </message>
    <message>
      <source>StockEtablissement (csv or zip), an extract, or the folder that holds the files. The unit and geolocation files beside it are found by themselves.</source>
      <translation>StockEtablissement (csv ou zip), un extrait, ou le dossier qui contient les fichiers. Les fichiers des unités légales et de géolocalisation placés à côté sont trouvés d’eux-mêmes.</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Arrêter</translation>
    </message>
    <message>
      <source>Stopped.</source>
      <translation>Arrêté.</translation>
    </message>
    <message>
      <source>Stops</source>
      <translation>Arrêts</translation>
    </message>
    <message>
      <source>Stops of public transport: points, or the table stops.txt of a GTFS.</source>
      <translation>Arrêts de transport en commun : points, ou table stops.txt d’un GTFS.</translation>
    </message>
    <message>
      <source>Street</source>
      <translation>Voie</translation>
    </message>
    <message>
      <source>Street, postcode and town taken apart</source>
      <translation>Rue, code postal et commune séparés</translation>
    </message>
    <message>
      <source>Structure</source>
      <translation>Structure</translation>
    </message>
    <message>
      <source>Structure and files</source>
      <translation>Structure et fichiers</translation>
    </message>
    <message>
      <source>Structure {rank} of {count}: {structure}</source>
      <translation>Structure {rank} sur {count} : {structure}</translation>
    </message>
    <message>
      <source>Structures</source>
      <translation>Structures</translation>
    </message>
    <message>
      <source>Structures in {file}: {count}.</source>
      <translation>Structures dans {file} : {count}.</translation>
    </message>
    <message>
      <source>Structures read</source>
      <translation>Structures lues</translation>
    </message>
    <message>
      <source>Structures refused</source>
      <translation>Structures refusées</translation>
    </message>
    <message>
      <source>Structures: {count} = {done} made + {kept} left as they were + {refused} refused.</source>
      <translation>Structures : {count} = {done} établies + {kept} laissées telles quelles + {refused} refusées.</translation>
    </message>
    <message>
      <source>Style a layer of figures</source>
      <translation>Mettre en forme une couche de chiffres</translation>
    </message>
    <message>
      <source>Styled layer</source>
      <translation>Couche mise en forme</translation>
    </message>
    <message>
      <source>Summary of the structures</source>
      <translation>Bilan des structures</translation>
    </message>
    <message>
      <source>Supply</source>
      <translation>Offre</translation>
    </message>
    <message>
      <source>Supply per person</source>
      <translation>Offre par personne</translation>
    </message>
    <message>
      <source>Survey or interviews</source>
      <translation>Enquête ou entretiens</translation>
    </message>
    <message>
      <source>T&amp;heme: the colour of its maps</source>
      <translation>T&amp;hème : la couleur de ses cartes</translation>
    </message>
    <message>
      <source>Tab, Shift+Tab</source>
      <translation>Tab, Maj+Tab</translation>
    </message>
    <message>
      <source>Table</source>
      <translation>Table</translation>
    </message>
    <message>
      <source>Table of actions: theme, action, pilot (a function or an organisation), calendar, indicator, and other columns as they are.</source>
      <translation>Tableau des actions : thème, action, pilote (une fonction ou un organisme), calendrier, indicateur, et les autres colonnes telles quelles.</translation>
    </message>
    <message>
      <source>Table of addresses</source>
      <translation>Table d’adresses</translation>
    </message>
    <message>
      <source>Table of answers: a row per respondent and a column per question, or a row per answer. Columns that identify people are dropped, free texts only counted, small counts hidden. A sheet « Questions », or a file « questions » beside it, may describe the questions.</source>
      <translation>Tableau des réponses : une ligne par répondant et une colonne par question, ou une ligne par réponse. Les colonnes qui identifient des personnes sont retirées, les textes libres seulement comptés, les petits effectifs masqués. Une feuille « Questions », ou un fichier « questions » à côté, peut décrire les questions.</translation>
    </message>
    <message>
      <source>Table of edges</source>
      <translation>Table des arcs</translation>
    </message>
    <message>
      <source>Table of flows</source>
      <translation>Table des flux</translation>
    </message>
    <message>
      <source>Table of flows: one row per flow (CODGEO, DCLT, NBFLUX_C22_ACTOCC15P…), one row per person, or one column per commune. Columns are recognised in any order. Give POINTS or FLOWS.</source>
      <translation>Table des flux : une ligne par flux (CODGEO, DCLT, NBFLUX_C22_ACTOCC15P…), une ligne par personne, ou une colonne par commune. Les colonnes sont reconnues dans n’importe quel ordre. Donnez POINTS ou FLOWS.</translation>
    </message>
    <message>
      <source>Table of flows: {rows} rows, {unread} cells that cannot be read, {empty} empty flows; {flows} flows, of which {kept} touch the territory.</source>
      <translation>Table des flux : {rows} lignes, {unread} cellules illisibles, {empty} flux vides ; {flows} flux, dont {kept} touchent le territoire.</translation>
    </message>
    <message>
      <source>Table of organisations: name, kind, role, address or commune or coordinates, link with the structure. Contacts are dropped; persons are neither named nor placed.</source>
      <translation>Tableau des organismes : nom, catégorie, rôle, adresse ou commune ou coordonnées, lien avec la structure. Les contacts sont retirés ; les personnes ne sont ni nommées ni placées.</translation>
    </message>
    <message>
      <source>Table of road speeds</source>
      <translation>Tableau des vitesses</translation>
    </message>
    <message>
      <source>Table of speeds</source>
      <translation>Vitesses</translation>
    </message>
    <message>
      <source>Table of speeds {file}, line {line}, column class: it is empty. Write a class of roads, or * for all those that are not named.</source>
      <translation>Tableau des vitesses {file}, ligne {line}, colonne class : elle est vide. Écrivez une classe de routes, ou * pour toutes celles qui ne sont pas nommées.</translation>
    </message>
    <message>
      <source>Table of speeds {file}, line {line}, column importance: “{text}” is not known. Write 1 to 6 for a class of bdtopo, or nothing for any.</source>
      <translation>Tableau des vitesses {file}, ligne {line}, colonne importance : « {text} » n’est pas connu. Écrivez de 1 à 6 pour une classe de bdtopo, ou rien pour toutes.</translation>
    </message>
    <message>
      <source>Table of speeds {file}, line {line}, column join: “{text}” is not known. Write 1 when a point may be joined to such a road, else 0.</source>
      <translation>Tableau des vitesses {file}, ligne {line}, colonne join : « {text} » n’est pas connu. Écrivez 1 quand un point peut être rattaché à une telle route, sinon 0.</translation>
    </message>
    <message>
      <source>Table of speeds {file}, line {line}, column schema: “{text}” is not known. Write {schemas}.</source>
      <translation>Tableau des vitesses {file}, ligne {line}, colonne schema : « {text} » n’est pas connu. Écrivez {schemas}.</translation>
    </message>
    <message>
      <source>Table of speeds {file}, line {line}, column {column}: “{text}” is not a speed. Write km/h from 0 (closed) to {fastest}, for example 30 or 12,5.</source>
      <translation>Tableau des vitesses {file}, ligne {line}, colonne {column} : « {text} » n’est pas une vitesse. Écrivez des km/h, de 0 (fermée) à {fastest}, par exemple 30 ou 12,5.</translation>
    </message>
    <message>
      <source>Table of speeds {file}, line {line}: the class {name} already stands in line {first}. Keep one of the two.</source>
      <translation>Tableau des vitesses {file}, ligne {line} : la classe {name} figure déjà à la ligne {first}. Gardez l’une des deux.</translation>
    </message>
    <message>
      <source>Table of speeds: {count} rows.</source>
      <translation>Tableau des vitesses : {count} lignes.</translation>
    </message>
    <message>
      <source>Table of structures</source>
      <translation>Tableau de structures</translation>
    </message>
    <message>
      <source>Table of the clients</source>
      <translation>Tableau des clients</translation>
    </message>
    <message>
      <source>Table of the sites</source>
      <translation>Tableau des sites</translation>
    </message>
    <message>
      <source>Table of the structure</source>
      <translation>Tableau de la structure</translation>
    </message>
    <message>
      <source>Table of two columns, « page » and « texte »: id or title of a page or a chapter of the profile, and the text that it is to carry. Nothing is checked in it: do not name people.</source>
      <translation>Tableau de deux colonnes, « page » et « texte » : identifiant ou titre d’une page ou d’un chapitre du profil, et texte qu’il doit porter. Rien n’y est contrôlé : ne nommez personne.</translation>
    </message>
    <message>
      <source>Table to edit: schema, class, importance, car, bike, foot, join (and sections, km with a road layer).</source>
      <translation>Tableau à modifier : schema, class, importance, car, bike, foot, join (et sections, km avec une couche de routes).</translation>
    </message>
    <message>
      <source>Tables</source>
      <translation>Tableaux</translation>
    </message>
    <message>
      <source>Tables of the analyst</source>
      <translation>Tableaux de l’analyste</translation>
    </message>
    <message>
      <source>Tables or a folder</source>
      <translation>Tableaux ou dossier</translation>
    </message>
    <message>
      <source>Tables to f&amp;ill in…</source>
      <translation>Tableaux à &amp;remplir…</translation>
    </message>
    <message>
      <source>Tables to fill in for a diagnosis</source>
      <translation>Tableaux à remplir pour un diagnostic</translation>
    </message>
    <message>
      <source>Tables written</source>
      <translation>Tableaux écrits</translation>
    </message>
    <message>
      <source>Take back the diagnosis before this one</source>
      <translation>Reprendre le diagnostic précédent</translation>
    </message>
    <message>
      <source>Take the indicator out</source>
      <translation>Retirer l’indicateur</translation>
    </message>
    <message>
      <source>Take the user and the password out of the address: settings are kept in clear.</source>
      <translation>Retirez de l’adresse l’utilisateur et le mot de passe : les réglages sont conservés en clair.</translation>
    </message>
    <message>
      <source>Target</source>
      <translation>Cible</translation>
    </message>
    <message>
      <source>Targets</source>
      <translation>Cible</translation>
    </message>
    <message>
      <source>Territorial diagnosis</source>
      <translation>Diagnostic territorial</translation>
    </message>
    <message>
      <source>Territorial diagnosis…</source>
      <translation>Diagnostic territorial…</translation>
    </message>
    <message>
      <source>Territories found</source>
      <translation>Territoires trouvés</translation>
    </message>
    <message>
      <source>Territories found:</source>
      <translation>Territoires retenus :</translation>
    </message>
    <message>
      <source>Territory</source>
      <translation>Territoire</translation>
    </message>
    <message>
      <source>Territory and indicators…</source>
      <translation>Territoire et indicateurs…</translation>
    </message>
    <message>
      <source>Territory of the diagnosis</source>
      <translation>Territoire du diagnostic</translation>
    </message>
    <message>
      <source>Tertiary zone</source>
      <translation>Zone tertiaire</translation>
    </message>
    <message>
      <source>Text (*.txt)</source>
      <translation>Texte (*.txt)</translation>
    </message>
    <message>
      <source>Text file with every indicator by theme: its name, its label, its kind and the maps that fit it.</source>
      <translation>Fichier texte de tous les indicateurs par thème : nom, libellé, type et cartes qui leur conviennent.</translation>
    </message>
    <message>
      <source>Text kept, to be corrected by hand</source>
      <translation>Texte gardé, à corriger à la main</translation>
    </message>
    <message>
      <source>Text protected by a spreadsheet formula</source>
      <translation>Texte protégé par une formule de tableur</translation>
    </message>
    <message>
      <source>Text taken out of it</source>
      <translation>Texte extrait</translation>
    </message>
    <message>
      <source>Texts of the analyst</source>
      <translation>Textes de l’analyste</translation>
    </message>
    <message>
      <source>That of the QGIS profile</source>
      <translation>Celui du profil QGIS</translation>
    </message>
    <message>
      <source>That of the column of the postcode is kept</source>
      <translation>Celui de la colonne du code postal est gardé</translation>
    </message>
    <message>
      <source>The BAN file or folder {path} does not exist.</source>
      <translation>Le fichier ou le dossier de la BAN {path} n’existe pas.</translation>
    </message>
    <message>
      <source>The BAN file {file} cannot be read ({reason}).</source>
      <translation>Le fichier de la BAN {file} ne peut pas être lu ({reason}).</translation>
    </message>
    <message>
      <source>The BAN file {file} holds no address with a position.</source>
      <translation>Le fichier de la BAN {file} ne contient aucune adresse avec une position.</translation>
    </message>
    <message>
      <source>The BAN file {file} is damaged ({reason}). Download it again.</source>
      <translation>Le fichier de la BAN {file} est abîmé ({reason}). Téléchargez-le de nouveau.</translation>
    </message>
    <message>
      <source>The BAN folder {folder} holds no file of addresses (csv, csv.gz).</source>
      <translation>Le dossier BAN {folder} ne contient aucun fichier d’adresses (csv, csv.gz).</translation>
    </message>
    <message>
      <source>The ESS cannot be recognised: neither the ESS flag nor the legal form is in the files. Add StockUniteLegale to the folder.</source>
      <translation>L’ESS ne peut pas être reconnue : ni l’indicateur ESS ni la forme juridique ne sont dans les fichiers. Ajoutez StockUniteLegale au dossier.</translation>
    </message>
    <message>
      <source>The Géoplateforme WFS gives objects of {layer} outside the extent that was asked for. Look for a newer version of Coodiag.</source>
      <translation>Le WFS de la Géoplateforme donne des objets de {layer} hors de l’emprise demandée. Cherchez une version plus récente de Coodiag.</translation>
    </message>
    <message>
      <source>The Géoplateforme WFS has no contour of {count} communes: {codes}.</source>
      <translation>Le WFS de la Géoplateforme n’a pas le contour de {count} communes : {codes}.</translation>
    </message>
    <message>
      <source>The Géoplateforme of IGN receives the number, street, postcode and town of each different address. Neither names nor any other column.</source>
      <translation>La Géoplateforme de l’IGN reçoit le numéro, la voie, le code postal et la commune de chaque adresse distincte. Ni noms ni aucune autre colonne.</translation>
    </message>
    <message>
      <source>The PDF that this QGIS writes is not of the known make: it has no bookmarks and no links.</source>
      <translation>Le PDF que ce QGIS écrit n’est pas de la facture connue : il n’a ni signets ni liens.</translation>
    </message>
    <message>
      <source>The Python package {package} is missing from this QGIS. Debian/Ubuntu: sudo apt install python3-{package}. Windows (OSGeo4W): run the OSGeo4W setup and choose python3-{package}. macOS: install the official QGIS package again. Flatpak: python3 -m pip install --user {package} inside the sandbox. Then start QGIS again.</source>
      <translation>Le paquet Python {package} manque à ce QGIS. Debian/Ubuntu : sudo apt install python3-{package}. Windows (OSGeo4W) : lancez l’installateur OSGeo4W et choisissez python3-{package}. macOS : réinstallez le paquet officiel de QGIS. Flatpak : python3 -m pip install --user {package} à l’intérieur du bac à sable. Puis redémarrez QGIS.</translation>
    </message>
    <message>
      <source>The Sirène files are taken in Parquet, smaller and faster: {package} can read it.</source>
      <translation>Les fichiers Sirène sont pris en Parquet, plus petits et plus rapides à lire : {package} sait les lire.</translation>
    </message>
    <message>
      <source>The Sirène files are taken in csv. With duckdb or pyarrow in the Python of QGIS, the Parquet files, which are smaller, could be read.</source>
      <translation>Les fichiers Sirène sont pris en csv. Avec duckdb ou pyarrow dans le Python de QGIS, les fichiers Parquet, plus petits, pourraient être lus.</translation>
    </message>
    <message>
      <source>The Sirène files hold no establishment of the territory.</source>
      <translation>Les fichiers Sirène ne contiennent aucun établissement du territoire.</translation>
    </message>
    <message>
      <source>The actors and their links</source>
      <translation>Les acteurs et leurs liens</translation>
    </message>
    <message>
      <source>The addok server {server} has no /search/csv/: install its plugin addok-csv, or check URL.</source>
      <translation>Le serveur addok {server} n’a pas de /search/csv/ : installez-y l’extension addok-csv, ou vérifiez URL.</translation>
    </message>
    <message>
      <source>The address file {file} does not have the expected columns (columns found: {columns}). Look for a newer version of Coodiag.</source>
      <translation>Le fichier d’adresses {file} n’a pas les colonnes attendues (colonnes trouvées : {columns}). Cherchez une version plus récente de Coodiag.</translation>
    </message>
    <message>
      <source>The address file {file} was received damaged ({reason}). Run again: it will be downloaded anew.</source>
      <translation>Le fichier d’adresses {file} est arrivé abîmé ({reason}). Relancez : il sera téléchargé de nouveau.</translation>
    </message>
    <message>
      <source>The address given for {service} is not a web address such as https://example.org: correct the environment variable {variable}, or the QGIS setting coodiag/urls/{id}.</source>
      <translation>L’adresse donnée pour {service} n’est pas une adresse web comme https://example.org : corrigez la variable d’environnement {variable}, ou le réglage coodiag/urls/{id} de QGIS.</translation>
    </message>
    <message>
      <source>The address index cannot be written in {folder} ({reason}). Check that the folder can be written and has room.</source>
      <translation>L’index d’adresses ne peut pas être écrit dans {folder} ({reason}). Vérifiez que le dossier est accessible en écriture et qu’il reste de la place.</translation>
    </message>
    <message>
      <source>The addresses of the files will be sent to the service chosen in step 3.</source>
      <translation>Les adresses des fichiers seront envoyées au service choisi à l’étape 3.</translation>
    </message>
    <message>
      <source>The addresses travel unencrypted to {host}: ask for an https address of this server.</source>
      <translation>Les adresses sont envoyées en clair à {host} : demandez une adresse https pour ce serveur.</translation>
    </message>
    <message>
      <source>The algorithm {name} is not in the toolbox.</source>
      <translation>L’algorithme {name} n’est pas dans la boîte à outils.</translation>
    </message>
    <message>
      <source>The algorithms of Coodiag are not there: enable the plugin “Processing” of QGIS, then start QGIS again.</source>
      <translation>Les algorithmes de Coodiag sont absents : activez l’extension « Processing » de QGIS, puis redémarrez QGIS.</translation>
    </message>
    <message>
      <source>The answers of this run cannot be kept in {folder} ({reason}). Check that the folder can be written and has room.</source>
      <translation>Les réponses de ce traitement ne peuvent pas être conservées dans {folder} ({reason}). Vérifiez que le dossier est accessible en écriture et qu’il reste de la place.</translation>
    </message>
    <message>
      <source>The atlas and the QGIS project are always made. And:</source>
      <translation>L’atlas et le projet QGIS sont toujours faits. Et aussi :</translation>
    </message>
    <message>
      <source>The authentication configuration {authcfg} is not in this QGIS any more: choose another one, or none.</source>
      <translation>La configuration d’authentification {authcfg} n’est plus dans ce QGIS : choisissez-en une autre, ou aucune.</translation>
    </message>
    <message>
      <source>The background map of IGN cannot be opened. Search for a name instead.</source>
      <translation>Le fond de carte de l’IGN ne s’ouvre pas. Cherchez plutôt un nom.</translation>
    </message>
    <message>
      <source>The bands are cut at the reach, {reach} {unit}. Raise the reach to use them whole.</source>
      <translation>Les tranches sont coupées à la portée, {reach} {unit}. Augmentez la portée pour les utiliser en entier.</translation>
    </message>
    <message>
      <source>The bands of {method} are minutes; here they are read as kilometres. Give roads and the mode time for minutes, or bands of your own.</source>
      <translation>Les tranches de {method} sont en minutes ; elles sont lues ici comme des kilomètres. Donnez des routes et le mode time pour des minutes, ou donnez vos propres tranches.</translation>
    </message>
    <message>
      <source>The batch file {file} cannot be written: {reason}.</source>
      <translation>Le fichier de lot {file} ne peut pas être écrit : {reason}.</translation>
    </message>
    <message>
      <source>The cache folder {folder} cannot be written ({reason}). Free some space, or choose another folder in Settings → Options → Coodiag.</source>
      <translation>Le dossier du cache {folder} ne peut pas être écrit ({reason}). Libérez de la place, ou choisissez un autre dossier dans Préférences → Options → Coodiag.</translation>
    </message>
    <message>
      <source>The calculation was stopped.</source>
      <translation>Le calcul a été arrêté.</translation>
    </message>
    <message>
      <source>The centre of the clients of {count} sites lies too far from the roads. Rank the clients from their site.</source>
      <translation>Le centre des clients de {count} sites est trop loin des routes. Rangez les clients depuis leur site.</translation>
    </message>
    <message>
      <source>The clients and the economic fabric</source>
      <translation>Les clients et le tissu économique</translation>
    </message>
    <message>
      <source>The clients that take no part, with the reason and the kilometres to their site. About persons: only when the run is not fit to be shared.</source>
      <translation>Les clients qui ne comptent pas, avec la raison et les kilomètres jusqu’à leur site. Pour des personnes : seulement quand le résultat n’est pas destiné à être transmis.</translation>
    </message>
    <message>
      <source>The column “{column}” of {file} is no parameter of a diagnosis: it is not read.</source>
      <translation>La colonne « {column} » de {file} n’est pas un paramètre d’un diagnostic : elle n’est pas lue.</translation>
    </message>
    <message>
      <source>The columns of postcode and town are exchanged</source>
      <translation>Les colonnes code postal et commune sont inversées</translation>
    </message>
    <message>
      <source>The commune of this row is unknown or one of several: place it on the map.</source>
      <translation>La commune de cette ligne est inconnue ou l’une de plusieurs : placez la ligne sur la carte.</translation>
    </message>
    <message>
      <source>The communes are needed for this order or shape. Give COMMUNES, or choose the order “time” or “distance” and a hull.</source>
      <translation>Les communes sont nécessaires pour cet ordre ou cette forme. Donnez COMMUNES, ou choisissez l’ordre « time » ou « distance » et une enveloppe.</translation>
    </message>
    <message>
      <source>The communes are too much alike for a typology: nothing tells them apart.</source>
      <translation>Les communes se ressemblent trop pour une typologie : rien ne les distingue.</translation>
    </message>
    <message>
      <source>The communes carry neither job seekers ({registered}) nor unemployed of the census ({unemployed}): compute the indicators first.</source>
      <translation>Les communes n’ont ni demandeurs d’emploi ({registered}) ni chômeurs du recensement ({unemployed}) : calculez d’abord les indicateurs.</translation>
    </message>
    <message>
      <source>The communes have no field for their code and their name (expected for example codgeo and nom). Fields: {fields}.</source>
      <translation>Les communes n’ont pas de champ pour leur code et leur nom (attendus par exemple codgeo et nom). Champs : {fields}.</translation>
    </message>
    <message>
      <source>The communes have no field with their code. Give the layer a field “codgeo” with the five-character codes.</source>
      <translation>Les communes n’ont pas de champ avec leur code. Donnez à la couche un champ « codgeo » avec les codes à cinq caractères.</translation>
    </message>
    <message>
      <source>The contours of IGN are not used. {reason} Those of geo.api.gouv.fr, which are simplified, take their place.</source>
      <translation>Les contours de l’IGN ne sont pas utilisés. {reason} Ceux de geo.api.gouv.fr, qui sont simplifiés, les remplacent.</translation>
    </message>
    <message>
      <source>The contours of {file} follow the commune list of {year}; the communes merged since are put together, on the list of {cog}.</source>
      <translation>Les contours de {file} suivent la liste des communes de {year} ; les communes fusionnées depuis sont réunies, sur la liste de {cog}.</translation>
    </message>
    <message>
      <source>The contours of {file} have no coordinate reference system. Set it in QGIS, save the layer, and run again.</source>
      <translation>Les contours de {file} n’ont pas de système de coordonnées. Définissez-le dans QGIS, enregistrez la couche, puis relancez.</translation>
    </message>
    <message>
      <source>The core zone has no shape: nothing can be compared with it.</source>
      <translation>La zone cœur n’a pas de forme : rien ne peut lui être comparé.</translation>
    </message>
    <message>
      <source>The core zone holds none of the places to compare.</source>
      <translation>La zone cœur ne contient aucun des lieux à comparer.</translation>
    </message>
    <message>
      <source>The core zone holds {members} places; {unknown} others have too few known indicators to be compared.</source>
      <translation>La zone cœur contient {members} lieux ; {unknown} autres ont trop peu d’indicateurs connus pour être comparés.</translation>
    </message>
    <message>
      <source>The counting was cancelled.</source>
      <translation>Le comptage a été annulé.</translation>
    </message>
    <message>
      <source>The data folder does not exist: {folder}. Choose the folder where the official files were downloaded.</source>
      <translation>Le dossier de données n’existe pas : {folder}. Choisissez le dossier où les fichiers officiels ont été téléchargés.</translation>
    </message>
    <message>
      <source>The data folder serves communes only: the layer of indicators has no field codgeo, or some of its codes are not those of communes.</source>
      <translation>Le dossier de données ne sert que pour des communes : la couche des indicateurs n’a pas de champ codgeo, ou certains de ses codes ne sont pas ceux de communes.</translation>
    </message>
    <message>
      <source>The data hold {count} other territories of this kind: {least} at least are needed to compare.</source>
      <translation>Les données contiennent {count} autres territoires de cette sorte : il en faut au moins {least} pour comparer.</translation>
    </message>
    <message>
      <source>The data tell neither of the jobs by socio-occupational group ({jobs}) nor of the people by diploma ({people}): put the census tables on activity and on diplomas into the folder.</source>
      <translation>Les données ne donnent ni les emplois par groupe socioprofessionnel ({jobs}) ni les personnes par diplôme ({people}) : mettez dans le dossier les tables du recensement sur l’activité et sur les diplômes.</translation>
    </message>
    <message>
      <source>The database {database} cannot be opened. Check URL (a PostgreSQL connection of QGIS, or host=… dbname=… user=…), that the server runs, and the user and password (AUTHCFG).</source>
      <translation>La base de données {database} ne peut pas être ouverte. Vérifiez URL (une connexion PostgreSQL de QGIS, ou host=… dbname=… user=…), que le serveur fonctionne, ainsi que l’utilisateur et le mot de passe (AUTHCFG).</translation>
    </message>
    <message>
      <source>The database {database} has no pgRouting: run CREATE EXTENSION pgrouting CASCADE there, or choose the engine roads.</source>
      <translation>La base de données {database} n’a pas pgRouting : exécutez-y CREATE EXTENSION pgrouting CASCADE, ou choisissez le moteur roads.</translation>
    </message>
    <message>
      <source>The database {database} refuses the question: {reason}</source>
      <translation>La base de données {database} refuse la requête : {reason}</translation>
    </message>
    <message>
      <source>The demonstration (invented data)</source>
      <translation>La démonstration (données fictives)</translation>
    </message>
    <message>
      <source>The demonstration is being made…</source>
      <translation>La démonstration est en préparation…</translation>
    </message>
    <message>
      <source>The demonstration is ready: go through the steps, all of them are filled in. Everything in it is fictitious.</source>
      <translation>La démonstration est prête : parcourez les étapes, elles sont toutes remplies. Tout y est fictif.</translation>
    </message>
    <message>
      <source>The description of the questions must stand in the folder of the survey, under the name “questions”: put both into one folder.</source>
      <translation>La description des questions doit se trouver dans le dossier de l’enquête, sous le nom « questions » : mettez les deux dans un même dossier.</translation>
    </message>
    <message>
      <source>The diagnosis before this one is back.</source>
      <translation>Le diagnostic précédent est repris.</translation>
    </message>
    <message>
      <source>The diagnosis fetches the addresses of the territory from the public services.</source>
      <translation>Le diagnostic ira chercher les adresses du territoire auprès des services publics.</translation>
    </message>
    <message>
      <source>The diagnosis is being stopped…</source>
      <translation>Arrêt du diagnostic en cours…</translation>
    </message>
    <message>
      <source>The diagnosis runs beside QGIS, which you can go on using. It can be stopped at any time: an earlier dossier stays as it is, and what was fetched or located is kept for the next run.</source>
      <translation>Le diagnostic se fait à côté de QGIS, que vous pouvez continuer d’utiliser. Il peut être arrêté à tout moment : un dossier antérieur reste tel quel, et ce qui a été téléchargé ou localisé est gardé pour la fois suivante.</translation>
    </message>
    <message>
      <source>The diagnosis was stopped. An earlier dossier is as it was; start again when you like.</source>
      <translation>Le diagnostic a été arrêté. Un dossier antérieur est resté tel quel ; relancez quand vous voulez.</translation>
    </message>
    <message>
      <source>The dossier is no longer in {folder}. If it was moved, open it where it lies now: button “Diagnosis”, “Open an existing dossier…”.</source>
      <translation>Le dossier n’est plus dans {folder}. S’il a été déplacé, ouvrez-le là où il est : bouton « Diagnostic », « Ouvrir un dossier existant… ».</translation>
    </message>
    <message>
      <source>The dossier is open.</source>
      <translation>Le dossier est ouvert.</translation>
    </message>
    <message>
      <source>The dossier is ready: {pages} pages.</source>
      <translation>Le dossier est prêt : {pages} pages.</translation>
    </message>
    <message>
      <source>The dossier of {territory} of {date} lies there: it will be replaced once the new one is whole.</source>
      <translation>Le dossier de {territory} du {date} s’y trouve : il sera remplacé une fois le nouveau complet.</translation>
    </message>
    <message>
      <source>The draft {file} of the profile cannot be kept: {reason}.</source>
      <translation>Le brouillon {file} du profil ne peut pas être conservé : {reason}.</translation>
    </message>
    <message>
      <source>The draft {file} of the wizard cannot be kept: {reason}.</source>
      <translation>Le brouillon {file} de l’assistant ne peut pas être gardé : {reason}.</translation>
    </message>
    <message>
      <source>The drawing {file} is more than a drawing: it holds “{mark}”, which would run or fetch something. Export it again as a plain SVG.</source>
      <translation>Le dessin {file} est plus qu’un dessin : il contient « {mark} », qui exécuterait ou téléchargerait quelque chose. Exportez-le de nouveau en SVG simple.</translation>
    </message>
    <message>
      <source>The département</source>
      <translation>Le département</translation>
    </message>
    <message>
      <source>The engine geoplateforme knows cars and pedestrians only. For bikes choose the engine roads, valhalla or openrouteservice.</source>
      <translation>Le moteur geoplateforme ne connaît que les voitures et les piétons. Pour le vélo, choisissez le moteur roads, valhalla ou openrouteservice.</translation>
    </message>
    <message>
      <source>The engine pgrouting needs a database: give in URL the name of a PostgreSQL connection of QGIS, or a connection string.</source>
      <translation>Le moteur pgrouting demande une base de données : donnez dans URL le nom d’une connexion PostgreSQL de QGIS, ou une chaîne de connexion.</translation>
    </message>
    <message>
      <source>The engine roads needs a road layer: give ROADS.</source>
      <translation>Le moteur roads demande une couche de routes : donnez ROADS.</translation>
    </message>
    <message>
      <source>The engine {engine} asks for no key: AUTHCFG is not used.</source>
      <translation>Le moteur {engine} ne demande pas de clé : AUTHCFG n’est pas utilisé.</translation>
    </message>
    <message>
      <source>The engine {engine} gives areas, not the time of each place: “nearest” cannot be drawn from them. Choose each or merged, or the engine roads or pgrouting.</source>
      <translation>Le moteur {engine} donne des surfaces, pas le temps de chaque lieu : « nearest » ne peut pas en être tiré. Choisissez each ou merged, ou le moteur roads ou pgrouting.</translation>
    </message>
    <message>
      <source>The establishments do not add up: {inside} in the territory, {balance} accounted for.</source>
      <translation>Le compte des établissements ne tombe pas juste : {inside} dans le territoire, {balance} expliqués.</translation>
    </message>
    <message>
      <source>The establishments give no place of interest: without StockUniteLegale, organisations cannot be told from persons.</source>
      <translation>Les établissements ne donnent aucun lieu utile : sans StockUniteLegale, les organismes ne se distinguent pas des personnes.</translation>
    </message>
    <message>
      <source>The fewest hexagons or communes that hold this share of the jobs are the clusters.</source>
      <translation>Le plus petit nombre d’hexagones ou de communes qui réunissent cette part des emplois : ce sont les pôles.</translation>
    </message>
    <message>
      <source>The field {field} is not in the input.</source>
      <translation>Le champ {field} n’est pas dans l’entrée.</translation>
    </message>
    <message>
      <source>The file coodiag.json of a dossier.</source>
      <translation>Le fichier coodiag.json d’un dossier.</translation>
    </message>
    <message>
      <source>The file of corrections was damaged: it is kept as {file}, and {count} corrections could be taken over.</source>
      <translation>Le fichier de corrections était abîmé : il est conservé sous le nom {file}, et {count} corrections ont pu être reprises.</translation>
    </message>
    <message>
      <source>The file of corrections {file} can be read by others ({reason}): it says where people may live. Keep it in a folder of your own.</source>
      <translation>Le fichier de corrections {file} peut être lu par d’autres ({reason}) : il dit où des personnes peuvent habiter. Conservez-le dans un dossier qui n’est qu’à vous.</translation>
    </message>
    <message>
      <source>The file of corrections {file} cannot be used ({reason}). Check that it can be written and that its disk has room.</source>
      <translation>Le fichier de corrections {file} n’est pas utilisable ({reason}). Vérifiez qu’il est accessible en écriture et qu’il reste de la place sur son disque.</translation>
    </message>
    <message>
      <source>The file of corrections {file} does not exist. Check CORRECTIONS, or leave it empty.</source>
      <translation>Le fichier de corrections {file} n’existe pas. Vérifiez CORRECTIONS, ou laissez-le vide.</translation>
    </message>
    <message>
      <source>The file of corrections {file} was written by a newer Coodiag. Update the plugin, or choose another file in CORRECTIONS.</source>
      <translation>Le fichier de corrections {file} a été écrit par un Coodiag plus récent. Mettez l’extension à jour, ou choisissez un autre fichier dans CORRECTIONS.</translation>
    </message>
    <message>
      <source>The file of priority neighbourhoods {file} cannot be used ({reason}). Download the contours from data.gouv.fr into the data folder, or look for a newer version of Coodiag.</source>
      <translation>Le fichier des quartiers prioritaires {file} n’est pas utilisable ({reason}). Téléchargez les contours sur data.gouv.fr dans le dossier de données, ou cherchez une version plus récente de Coodiag.</translation>
    </message>
    <message>
      <source>The file {file} cannot be opened as a map layer. Download it again.</source>
      <translation>Le fichier {file} ne peut pas être ouvert comme couche. Téléchargez-le de nouveau.</translation>
    </message>
    <message>
      <source>The file {file} cannot be read ({reason}).</source>
      <translation>Le fichier {file} ne peut pas être lu ({reason}).</translation>
    </message>
    <message>
      <source>The file {file} cannot be read: {reason}. Close it elsewhere or check its rights.</source>
      <translation>Le fichier {file} ne peut pas être lu : {reason}. Fermez-le ailleurs ou vérifiez ses droits.</translation>
    </message>
    <message>
      <source>The file {file} cannot be read: {reason}. Download it again.</source>
      <translation>Le fichier {file} ne peut pas être lu : {reason}. Téléchargez-le de nouveau.</translation>
    </message>
    <message>
      <source>The file {file} cannot be written in the data folder: {reason}. Free some space or choose another folder.</source>
      <translation>Le fichier {file} ne peut pas être écrit dans le dossier de données : {reason}. Libérez de la place ou choisissez un autre dossier.</translation>
    </message>
    <message>
      <source>The file {file} cannot be written with the {driver} driver of GDAL.</source>
      <translation>Le fichier {file} ne peut pas être écrit avec le pilote {driver} de GDAL.</translation>
    </message>
    <message>
      <source>The file {file} cannot be written: {reason}.</source>
      <translation>Le fichier {file} ne peut pas être écrit : {reason}.</translation>
    </message>
    <message>
      <source>The file {file} could not be written ({reason}).</source>
      <translation>Le fichier {file} n’a pas pu être écrit ({reason}).</translation>
    </message>
    <message>
      <source>The file {file} could not be written ({reason}). Close it if it is open in a viewer, make room if the disk is full, then run again.</source>
      <translation>Le fichier {file} n’a pas pu être écrit ({reason}). Fermez-le s’il est ouvert dans une visionneuse, faites de la place si le disque est plein, puis relancez.</translation>
    </message>
    <message>
      <source>The file {file} does not exist. Check its name and folder.</source>
      <translation>Le fichier {file} n’existe pas. Vérifiez son nom et son dossier.</translation>
    </message>
    <message>
      <source>The file {file} exists and differs from what would be written: somebody may have edited it. Choose another name, or allow it to be replaced.</source>
      <translation>Le fichier {file} existe et diffère de ce qui serait écrit : quelqu’un l’a peut-être modifié. Choisissez un autre nom, ou autorisez son remplacement.</translation>
    </message>
    <message>
      <source>The file {file} has no column of commune codes.</source>
      <translation>Le fichier {file} n’a pas de colonne de codes de communes.</translation>
    </message>
    <message>
      <source>The file {file} has no column {columns}.</source>
      <translation>Le fichier {file} n’a pas de colonne {columns}.</translation>
    </message>
    <message>
      <source>The file {file} has no key column to filter on.</source>
      <translation>Le fichier {file} n’a pas de colonne clé sur laquelle filtrer.</translation>
    </message>
    <message>
      <source>The file {file} is damaged: {reason}. Download it again.</source>
      <translation>Le fichier {file} est abîmé : {reason}. Téléchargez-le de nouveau.</translation>
    </message>
    <message>
      <source>The file {file} is empty.</source>
      <translation>Le fichier {file} est vide.</translation>
    </message>
    <message>
      <source>The file {file} is empty: none of its sheets has a row.</source>
      <translation>Le fichier {file} est vide : aucune de ses feuilles n’a de ligne.</translation>
    </message>
    <message>
      <source>The file {file} is in Parquet, and the Python of QGIS has neither duckdb nor pyarrow: install one (python3 -m pip install duckdb), or take the same file in csv.</source>
      <translation>Le fichier {file} est en Parquet, et le Python de QGIS n’a ni duckdb ni pyarrow : installez l’un des deux (python3 -m pip install duckdb), ou prenez le même fichier en csv.</translation>
    </message>
    <message>
      <source>The file {file} is not a font that can be read (.ttf or .otf): replace it.</source>
      <translation>Le fichier {file} n’est pas une police lisible (.ttf ou .otf) : remplacez-le.</translation>
    </message>
    <message>
      <source>The file {file} is not a picture that can be used: give an .svg, a .png or a .jpg.</source>
      <translation>Le fichier {file} n’est pas une image utilisable : donnez un .svg, un .png ou un .jpg.</translation>
    </message>
    <message>
      <source>The file {file} is not a readable zip. Download it again.</source>
      <translation>Le fichier {file} n’est pas un zip lisible. Téléchargez-le de nouveau.</translation>
    </message>
    <message>
      <source>The file {file} is not a table.</source>
      <translation>Le fichier {file} n’est pas une table.</translation>
    </message>
    <message>
      <source>The file {file} of an earlier run cannot be replaced ({reason}). Close it, then run again.</source>
      <translation>Le fichier {file} d’une exécution antérieure ne peut pas être remplacé ({reason}). Fermez-le, puis relancez.</translation>
    </message>
    <message>
      <source>The file {file} of the dossier cannot be read: {reason}. Choose another dossier, or run the diagnosis again.</source>
      <translation>Le fichier {file} du dossier est illisible : {reason}. Choisissez un autre dossier, ou relancez le diagnostic.</translation>
    </message>
    <message>
      <source>The file {file} of the dossier is missing or cannot be read. Run the full diagnosis again.</source>
      <translation>Le fichier {file} du dossier manque ou ne peut pas être lu. Relancez le diagnostic complet.</translation>
    </message>
    <message>
      <source>The file {file} of the dossier was written by another version of Coodiag. Update the plugin, or run the full diagnosis again.</source>
      <translation>Le fichier {file} du dossier a été écrit par une autre version de Coodiag. Mettez l’extension à jour, ou relancez le diagnostic complet.</translation>
    </message>
    <message>
      <source>The file {file} of the dossier, which says its profile, cannot be read. Run the full diagnosis again, or leave PROFILE empty.</source>
      <translation>Le fichier {file} du dossier, qui dit son profil, ne peut pas être lu. Relancez le diagnostic complet, ou laissez PROFILE vide.</translation>
    </message>
    <message>
      <source>The file {file} was changed since it was opened here. Save under another name, or open it again.</source>
      <translation>Le fichier {file} a été modifié depuis son ouverture ici. Enregistrez sous un autre nom, ou ouvrez-le de nouveau.</translation>
    </message>
    <message>
      <source>The file {file}, which tells what is made already, cannot be written: {reason}.</source>
      <translation>Le fichier {file}, qui dit ce qui est déjà fait, ne peut pas être écrit : {reason}.</translation>
    </message>
    <message>
      <source>The files have no ESS flag: the ESS is recognised by legal form and activity.</source>
      <translation>Les fichiers n’ont pas d’indicateur ESS : l’ESS est reconnue à la forme juridique et à l’activité.</translation>
    </message>
    <message>
      <source>The files of addresses of the data folder are used.</source>
      <translation>Les fichiers d’adresses du dossier de données sont utilisés.</translation>
    </message>
    <message>
      <source>The files of the demonstration cannot be written in {folder} ({reason}). Close what has one of them open, or choose another cache folder in Settings → Options → Coodiag.</source>
      <translation>Les fichiers de la démonstration ne peuvent pas être écrits dans {folder} ({reason}). Fermez ce qui tient l’un d’eux ouvert, ou choisissez un autre dossier de cache dans Préférences → Options → Coodiag.</translation>
    </message>
    <message>
      <source>The folder gives what the services do not have. Your files are not sent. How people are located is chosen in step 3.</source>
      <translation>Le dossier donne ce que les services n’ont pas. Vos fichiers ne sont pas envoyés. La façon de localiser les personnes se choisit à l’étape 3.</translation>
    </message>
    <message>
      <source>The folder has no contours for {count} communes of the territory: {names}{more}. Add the contours of their département.</source>
      <translation>Le dossier n’a pas les contours de {count} communes du territoire : {names}{more}. Ajoutez les contours de leur département.</translation>
    </message>
    <message>
      <source>The folder holds no contours of communes. Add a layer of communes, for example ADMIN EXPRESS of IGN.</source>
      <translation>Le dossier ne contient aucun contour de communes. Ajoutez une couche de communes, par exemple ADMIN EXPRESS de l’IGN.</translation>
    </message>
    <message>
      <source>The folder holds {held} communes of {key} ({name}), and published tables {count} more{first}. Add the contours and tables of the whole of it.</source>
      <translation>Le dossier contient {held} communes de {key} ({name}), et les tables publiées {count} de plus{first}. Ajoutez-en les contours et les tables au complet.</translation>
    </message>
    <message>
      <source>The folder of the house style {folder} is not there: choose the folder that holds {file}.</source>
      <translation>Le dossier de la charte graphique {folder} n’existe pas : choisissez celui qui contient {file}.</translation>
    </message>
    <message>
      <source>The folder says nothing about {level}: add the table of communes (Insee).</source>
      <translation>Le dossier ne dit rien de {level} : ajoutez la table des communes (Insee).</translation>
    </message>
    <message>
      <source>The folder {folder} cannot be written ({reason}). Choose another folder.</source>
      <translation>Le répertoire {folder} n’est pas accessible en écriture ({reason}). Choisissez-en un autre.</translation>
    </message>
    <message>
      <source>The folder {folder} does not exist.</source>
      <translation>Le dossier {folder} n’existe pas.</translation>
    </message>
    <message>
      <source>The folder {folder} holds neither contours of communes nor a table of communes. Add ADMIN EXPRESS (IGN) or the COG tables (Insee).</source>
      <translation>Le dossier {folder} ne contient ni contours ni table des communes. Ajoutez ADMIN EXPRESS (IGN) ou les tables du COG (Insee).</translation>
    </message>
    <message>
      <source>The folder {folder} holds no file with places of interest. Put there the Base permanente des équipements (BPE), the Sirène stock or the lists of inclusion, or set SOURCE to online.</source>
      <translation>Le dossier {folder} ne contient aucun fichier de lieux utiles. Mettez-y la Base permanente des équipements (BPE), le stock Sirène ou les listes de l’inclusion, ou donnez à SOURCE la valeur online.</translation>
    </message>
    <message>
      <source>The folder {folder} holds no official file that is recognised ({count} files looked at). Put there the files as published: contours of communes, COG tables, census bases.</source>
      <translation>Le dossier {folder} ne contient aucun fichier officiel reconnu ({count} fichiers examinés). Mettez-y les fichiers tels qu’ils sont publiés : contours des communes, tables du COG, bases du recensement.</translation>
    </message>
    <message>
      <source>The folder {folder} holds no table of commune changes (Insee, code officiel géographique). Add it, or leave the folder empty.</source>
      <translation>Le dossier {folder} ne contient aucune table des changements de communes (Insee, code officiel géographique). Ajoutez-la, ou ne donnez pas de dossier.</translation>
    </message>
    <message>
      <source>The folder {folder} holds no table: put the answer sheets (xlsx, ods or csv) into it.</source>
      <translation>Le dossier {folder} ne contient aucun tableau : mettez-y les fiches de réponse (xlsx, ods ou csv).</translation>
    </message>
    <message>
      <source>The folder {folder} is not a dossier of Coodiag: choose the one that holds {file}.</source>
      <translation>{folder} n’est pas un dossier de Coodiag : choisissez celui qui contient {file}.</translation>
    </message>
    <message>
      <source>The folder {folder} is not a dossier, or one of its files is broken. Run the diagnosis again.</source>
      <translation>Le répertoire {folder} n’est pas un dossier, ou l’un de ses fichiers est abîmé. Relancez le diagnostic.</translation>
    </message>
    <message>
      <source>The folder {folder} is not a dossier: it holds no {file}. Run the full diagnosis first.</source>
      <translation>Le dossier {folder} n’est pas un dossier de diagnostic : il ne contient pas {file}. Lancez d’abord le diagnostic complet.</translation>
    </message>
    <message>
      <source>The folder {folder} is not there.</source>
      <translation>Le dossier {folder} n’existe pas.</translation>
    </message>
    <message>
      <source>The folder {folder} of the house style holds {number} families ({found}): name one of them as “family” in {file}.</source>
      <translation>Le dossier {folder} de la charte graphique contient {number} familles ({found}) : nommez l’une d’elles sous « family » dans {file}.</translation>
    </message>
    <message>
      <source>The folder “confidentiel” of the dossier holds the people that were located, and what this wizard was told. Hand out the rest of the dossier, never this folder, and delete it once the diagnosis is over.</source>
      <translation>Le sous-dossier « confidentiel » contient les personnes localisées et ce qui a été dit à cet assistant. Transmettez le reste du dossier, jamais lui, et supprimez-le une fois le diagnostic terminé.</translation>
    </message>
    <message>
      <source>The font file {file} of the plugin is damaged: install the plugin again.</source>
      <translation>Le fichier de police {file} de l’extension est abîmé : réinstallez l’extension.</translation>
    </message>
    <message>
      <source>The font {file} may not be embedded in a document (its licence says so): ask its maker for one that may.</source>
      <translation>La police {file} ne peut pas être incorporée dans un document (sa licence le dit) : demandez à son éditeur une police qui le peut.</translation>
    </message>
    <message>
      <source>The font {file} of the house style cannot be used by QGIS: replace it.</source>
      <translation>La police {file} de la charte graphique ne peut pas être utilisée par QGIS : remplacez-la.</translation>
    </message>
    <message>
      <source>The formula “{formula}” of the catalogue cannot be read from “{rest}” on: write sums and differences of variables such as P_RP-P_RP_VOIT1P.</source>
      <translation>La formule « {formula} » du catalogue est illisible à partir de « {rest} » : écrivez des sommes et des différences de variables, comme P_RP-P_RP_VOIT1P.</translation>
    </message>
    <message>
      <source>The grid “{layer}” has neither geometry nor identifiers of squares (idcar_200m, for example CRS3035RES200mN2029800E4252400).</source>
      <translation>La grille « {layer} » n’a ni géométrie ni identifiants de carreaux (idcar_200m, par exemple CRS3035RES200mN2029800E4252400).</translation>
    </message>
    <message>
      <source>The grid “{layer}” has no column of people (ind, ind_c, pop_carr, pop…). Give Insee's grid, or a layer of points or squares with a field pop.</source>
      <translation>La grille « {layer} » n’a pas de colonne de personnes (ind, ind_c, pop_carr, pop…). Donnez la grille de l’Insee, ou une couche de points ou de carreaux avec un champ pop.</translation>
    </message>
    <message>
      <source>The header announces a field that the contents do not confirm ({other})</source>
      <translation>L’en-tête annonce un champ que le contenu ne confirme pas ({other})</translation>
    </message>
    <message>
      <source>The house style holds {file}, which styles nothing: name it after a family of layers, such as {near}.qml (the list is in styles/manifest.csv of the plugin).</source>
      <translation>La charte graphique contient {file}, qui ne met rien en forme : donnez-lui le nom d’une famille de couches, comme {near}.qml (la liste est dans styles/manifest.csv de l’extension).</translation>
    </message>
    <message>
      <source>The house style {file} cannot be used: it is not written in UTF-8. Save it again in this encoding.</source>
      <translation>La charte graphique {file} ne peut pas être utilisée : elle n’est pas écrite en UTF-8. Enregistrez-la de nouveau dans cet encodage.</translation>
    </message>
    <message>
      <source>The house style {file} cannot be used: line {line}, column {column}, {reason}. Correct it there.</source>
      <translation>La charte graphique {file} ne peut pas être utilisée : ligne {line}, colonne {column}, {reason}. Corrigez-la à cet endroit.</translation>
    </message>
    <message>
      <source>The house style {file} cannot be used: line {line}, {reason}. Correct it there.</source>
      <translation>La charte graphique {file} ne peut pas être utilisée : ligne {line}, {reason}. Corrigez-la à cet endroit.</translation>
    </message>
    <message>
      <source>The inclusion enterprises could not be located with the Annuaire des entreprises. {reason}</source>
      <translation>Les structures d’insertion n’ont pas pu être localisées avec l’Annuaire des entreprises. {reason}</translation>
    </message>
    <message>
      <source>The index and the ratios of the floating catchments are capacity per this many people.</source>
      <translation>L’indice et les ratios des méthodes à zones flottantes (2sfca, e2sfca, apl) sont une capacité pour ce nombre de personnes.</translation>
    </message>
    <message>
      <source>The indicator “{indicator}” has no numerator.</source>
      <translation>L’indicateur « {indicator} » n’a pas de numérateur.</translation>
    </message>
    <message>
      <source>The indicator “{indicator}” is not in the catalogue.</source>
      <translation>L’indicateur « {indicator} » n’est pas dans le catalogue.</translation>
    </message>
    <message>
      <source>The indicator “{indicator}” of {file} is not in the catalogue.</source>
      <translation>L’indicateur « {indicator} » de {file} n’est pas dans le catalogue.</translation>
    </message>
    <message>
      <source>The input table cannot be read.</source>
      <translation>La table d’entrée ne peut pas être lue.</translation>
    </message>
    <message>
      <source>The input table changed while it was read: {before} rows, then {after}. Run again.</source>
      <translation>La table d’entrée a changé pendant sa lecture : {before} lignes, puis {after}. Relancez.</translation>
    </message>
    <message>
      <source>The intercommunality</source>
      <translation>L’intercommunalité</translation>
    </message>
    <message>
      <source>The kept road graph is damaged ({reason}): it is built again.</source>
      <translation>Le réseau routier gardé est abîmé ({reason}) : il est reconstruit.</translation>
    </message>
    <message>
      <source>The key would travel unencrypted to {host}: give an https address.</source>
      <translation>La clé circulerait en clair jusqu’à {host} : donnez une adresse en https.</translation>
    </message>
    <message>
      <source>The kind “{kind}” of the field {field} is not described in the legend.</source>
      <translation>Le type « {kind} » du champ {field} n’est pas décrit dans la légende.</translation>
    </message>
    <message>
      <source>The layer has no coordinate reference system. Set it in the layer's properties, then run again.</source>
      <translation>La couche n’a pas de système de coordonnées. Définissez-le dans les propriétés de la couche, puis relancez.</translation>
    </message>
    <message>
      <source>The layer of clients is empty.</source>
      <translation>La couche des clients est vide.</translation>
    </message>
    <message>
      <source>The layer of communes has no field codgeo. Take the output of “Communes of a territory”, or name the field of the Insee codes codgeo.</source>
      <translation>La couche des communes n’a pas de champ codgeo. Prenez la sortie de « Communes d’un territoire », ou nommez codgeo le champ des codes Insee.</translation>
    </message>
    <message>
      <source>The layer of communes has no field {field}: choose the field of the targets (households, job seekers, establishments…).</source>
      <translation>La couche des communes n’a pas de champ {field} : choisissez le champ de la cible (ménages, demandeurs d’emploi, établissements…).</translation>
    </message>
    <message>
      <source>The layer of communes holds no commune of the territory.</source>
      <translation>La couche des communes ne contient aucune commune du territoire.</translation>
    </message>
    <message>
      <source>The layer of communes holds these codes twice: {codes}.</source>
      <translation>La couche des communes contient deux fois ces codes : {codes}.</translation>
    </message>
    <message>
      <source>The layer of demand has no field {field}.</source>
      <translation>La couche de la demande n’a pas de champ {field}.</translation>
    </message>
    <message>
      <source>The layer of establishments has no field {fields}: take the output of “Establishments”.</source>
      <translation>La couche des établissements n’a pas de champ {fields} : prenez la sortie de « Établissements ».</translation>
    </message>
    <message>
      <source>The layer of indicators has no field of an indicator or of a variable of Insee. Give the output of “Indicators”, or name the fields to sum (COUNTS).</source>
      <translation>La couche des indicateurs n’a aucun champ d’un indicateur ou d’une variable de l’Insee. Donnez la sortie de « Indicateurs », ou nommez les champs à additionner (COUNTS).</translation>
    </message>
    <message>
      <source>The layer of indicators has no field {field}.</source>
      <translation>La couche des indicateurs n’a pas de champ {field}.</translation>
    </message>
    <message>
      <source>The layer of indicators holds nothing.</source>
      <translation>La couche des indicateurs ne contient rien.</translation>
    </message>
    <message>
      <source>The layer of jobs has no field codgeo: choose the clusters “hexagon” or “points”.</source>
      <translation>La couche des emplois n’a pas de champ codgeo : choisissez les pôles « hexagon » ou « points ».</translation>
    </message>
    <message>
      <source>The layer of jobs has no field {field}.</source>
      <translation>La couche des emplois n’a pas de champ {field}.</translation>
    </message>
    <message>
      <source>The layer of jobs has no located place with jobs: it is left out.</source>
      <translation>La couche des emplois n’a aucun lieu localisé avec des emplois : elle est laissée de côté.</translation>
    </message>
    <message>
      <source>The layer of located rows cannot be created: check OUTPUT.</source>
      <translation>La couche des lignes localisées ne peut pas être créée : vérifiez OUTPUT.</translation>
    </message>
    <message>
      <source>The layer of zones holds no polygon.</source>
      <translation>La couche des zones ne contient aucun polygone.</translation>
    </message>
    <message>
      <source>The layer that the dossier was made with, when it was given one.</source>
      <translation>La couche avec laquelle le dossier a été établi, s’il en avait reçu une.</translation>
    </message>
    <message>
      <source>The layer {layer} cannot be handed to the run ({reason}). Save it as a file, then choose it again.</source>
      <translation>La couche {layer} n’a pas pu être transmise au calcul ({reason}). Enregistrez-la dans un fichier, puis choisissez-la de nouveau.</translation>
    </message>
    <message>
      <source>The layer {layer} could not be written into {file}: {reason}. Check that the folder can be written and has room.</source>
      <translation>La couche {layer} n’a pas pu être écrite dans {file} : {reason}. Vérifiez que le dossier est accessible en écriture et qu’il reste de la place.</translation>
    </message>
    <message>
      <source>The layer {layer} has no coordinate reference system. Set it in the layer's properties, then run again.</source>
      <translation>La couche {layer} n’a pas de système de coordonnées. Définissez-le dans les propriétés de la couche, puis relancez.</translation>
    </message>
    <message>
      <source>The layer {layer} has no field {field}. Choose one of its fields.</source>
      <translation>La couche {layer} n’a pas de champ {field}. Choisissez l’un de ses champs.</translation>
    </message>
    <message>
      <source>The layer {layer} has no field {field}: its map cannot be drawn.</source>
      <translation>La couche {layer} n’a pas de champ {field} : sa carte ne peut pas être dessinée.</translation>
    </message>
    <message>
      <source>The layer {layer} has no geometry: geocode it first.</source>
      <translation>La couche {layer} n’a pas de géométrie : géocodez-la d’abord.</translation>
    </message>
    <message>
      <source>The layer {layer} has no numeric field: there is nothing to map.</source>
      <translation>La couche {layer} n’a pas de champ numérique : il n’y a rien à cartographier.</translation>
    </message>
    <message>
      <source>The layer {layer} holds no polygon.</source>
      <translation>La couche {layer} ne contient aucun polygone.</translation>
    </message>
    <message>
      <source>The layer {layer} is not in metres: reproject it to the legal projection of its territory, then run again.</source>
      <translation>La couche {layer} n’est pas en mètres : reprojetez-la dans la projection légale de son territoire, puis relancez.</translation>
    </message>
    <message>
      <source>The layer {layer} is not in {file}: the project cannot be built.</source>
      <translation>La couche {layer} n’est pas dans {file} : le projet ne peut pas être construit.</translation>
    </message>
    <message>
      <source>The layer {layer} is not made of points: its map cannot be drawn.</source>
      <translation>La couche {layer} n’est pas faite de points : sa carte ne peut pas être dessinée.</translation>
    </message>
    <message>
      <source>The layer {layer} is not made of polygons: shading needs areas.</source>
      <translation>La couche {layer} n’est pas faite de polygones : les plages de couleur demandent des surfaces.</translation>
    </message>
    <message>
      <source>The layer {layer} of the Géoplateforme WFS changed while it was read. Run again with CACHE set to refresh.</source>
      <translation>La couche {layer} du WFS de la Géoplateforme a changé pendant sa lecture. Relancez avec CACHE = refresh.</translation>
    </message>
    <message>
      <source>The layer {layer} of the Géoplateforme WFS has no field {field} any more. Look for a newer version of Coodiag.</source>
      <translation>La couche {layer} du WFS de la Géoplateforme n’a plus de champ {field}. Cherchez une version plus récente de Coodiag.</translation>
    </message>
    <message>
      <source>The layer {layer} of the Géoplateforme WFS is empty. Try again later, or take the file of IGN in the data folder.</source>
      <translation>La couche {layer} du WFS de la Géoplateforme est vide. Réessayez plus tard, ou mettez le fichier de l’IGN dans le dossier de données.</translation>
    </message>
    <message>
      <source>The layer {layer} of the Géoplateforme WFS no longer gives {fields}.</source>
      <translation>La couche {layer} du WFS de la Géoplateforme ne donne plus {fields}.</translation>
    </message>
    <message>
      <source>The layer {layer} of the project has lost its data. Keep diagnostic.gpkg beside the project.</source>
      <translation>La couche {layer} du projet a perdu ses données. Gardez diagnostic.gpkg à côté du projet.</translation>
    </message>
    <message>
      <source>The layer {layer} of the territory's polygons has no coordinate reference system. Set it in the layer's properties, then run again.</source>
      <translation>La couche {layer} des polygones du territoire n’a pas de système de coordonnées. Définissez-le dans les propriétés de la couche, puis relancez.</translation>
    </message>
    <message>
      <source>The layer {layer} of {file} cannot be read.</source>
      <translation>La couche {layer} de {file} ne peut pas être lue.</translation>
    </message>
    <message>
      <source>The layer {layer} was not made by “Geocode addresses”: it has no field geo_status.</source>
      <translation>La couche {layer} ne vient pas de « Géocoder des adresses » : elle n’a pas de champ geo_status.</translation>
    </message>
    <message>
      <source>The layer “{layer}” does not lie in France, where Coodiag measures: check its coordinate reference system.</source>
      <translation>La couche « {layer} » ne se trouve pas en France, où Coodiag mesure : vérifiez son système de coordonnées.</translation>
    </message>
    <message>
      <source>The layer “{layer}” has no field {fields}.</source>
      <translation>La couche « {layer} » n’a pas de champ {fields}.</translation>
    </message>
    <message>
      <source>The layer “{layer}” has no geometry. Points come from “Geocode addresses”, communes from “Communes of a territory”: run it first.</source>
      <translation>La couche « {layer} » n’a pas de géométrie. Les points viennent de « Géocoder des adresses », les communes de « Communes d’un territoire » : lancez-le d’abord.</translation>
    </message>
    <message>
      <source>The layer “{layer}” has no points: run “Geocode addresses” first, and take its output.</source>
      <translation>La couche « {layer} » n’a pas de points : lancez d’abord « Géocoder des adresses », et prenez-en la sortie.</translation>
    </message>
    <message>
      <source>The layer “{layer}” is empty.</source>
      <translation>La couche « {layer} » est vide.</translation>
    </message>
    <message>
      <source>The layouts of the project are printed as they stand: they have the logo and the photo of the house style that the diagnosis was made with.</source>
      <translation>Les mises en page du projet sont imprimées telles quelles : elles ont le logo et la photo de la charte graphique avec laquelle le diagnostic a été fait.</translation>
    </message>
    <message>
      <source>The layouts of this dossier are not in {paper}: its pages are built anew from its figures, and what was changed by hand in the layouts is not on them.</source>
      <translation>Les mises en page de ce dossier ne sont pas en {paper} : ses pages sont refaites d’après ses chiffres, et ce qui a été changé à la main dans les mises en page n’y est pas.</translation>
    </message>
    <message>
      <source>The levels of qualification_levels.csv must all name as many indicators of people, and one of them at least must be low.</source>
      <translation>Les niveaux de qualification_levels.csv doivent tous nommer le même nombre d’indicateurs de personnes, et l’un d’eux au moins doit être dit peu qualifié (low).</translation>
    </message>
    <message>
      <source>The list of the clients left out is about persons. Switch off “Fit to be shared” to get it.</source>
      <translation>La liste des clients laissés de côté porte sur des personnes. Décochez « Peut être transmis » pour l’obtenir.</translation>
    </message>
    <message>
      <source>The lock {file} of the address index is damaged. Delete it and run again.</source>
      <translation>Le verrou {file} de l’index d’adresses est abîmé. Supprimez-le et relancez.</translation>
    </message>
    <message>
      <source>The log of the dossier ({file}) is gone or cannot be read: what was found when the pages were checked is not known. Run the diagnosis again to check them.</source>
      <translation>Le journal du dossier ({file}) a disparu ou est illisible : ce qu’a donné le contrôle des pages n’est pas connu. Relancez le diagnostic pour les contrôler.</translation>
    </message>
    <message>
      <source>The login of the network proxy cannot be read from the authentication database of QGIS (configuration {authcfg}). Give the master password, or choose a configuration of type Basic in Settings → Options → Network.</source>
      <translation>L’identifiant du serveur mandataire (proxy) ne peut pas être lu dans la base d’authentification de QGIS (configuration {authcfg}). Donnez le mot de passe principal, ou choisissez une configuration de type Basic dans Préférences → Options → Réseau.</translation>
    </message>
    <message>
      <source>The metadata of the layer {layer} could not be kept in {file}: {reason}.</source>
      <translation>Les métadonnées de la couche {layer} n’ont pas pu être gardées dans {file} : {reason}.</translation>
    </message>
    <message>
      <source>The method must be grid, area or centroid.</source>
      <translation>La méthode doit être grid, area ou centroid.</translation>
    </message>
    <message>
      <source>The method “fixed” needs its breaks: give them in increasing order, for example 5;7.5;10.</source>
      <translation>La méthode « fixed » demande ses bornes : donnez-les par ordre croissant, par exemple 5;7,5;10.</translation>
    </message>
    <message>
      <source>The method “grid” needs the squares of a grid: give GRID, or choose the method “area” or “centroid”.</source>
      <translation>La méthode « grid » demande les carreaux d’une grille : donnez GRID, ou choisissez la méthode « area » ou « centroid ».</translation>
    </message>
    <message>
      <source>The most similar territories</source>
      <translation>Les territoires les plus semblables</translation>
    </message>
    <message>
      <source>The name of the data folder holds characters that no folder name may have.</source>
      <translation>Le nom du dossier de données contient des caractères qu’aucun nom de dossier ne peut avoir.</translation>
    </message>
    <message>
      <source>The national Sirène file ({count} rows) holds no active establishment of the communes asked for. Check the territory; if it is right, delete {folder} and run again.</source>
      <translation>Le fichier national Sirène ({count} lignes) ne contient aucun établissement actif des communes demandées. Vérifiez le territoire ; s’il est juste, supprimez {folder} et relancez.</translation>
    </message>
    <message>
      <source>The national list of the ESS ({file}) has no column SIREN: its columns are {columns}. Look for a newer version of Coodiag.</source>
      <translation>La liste nationale de l’ESS ({file}) n’a pas de colonne SIREN : ses colonnes sont {columns}. Cherchez une version plus récente de Coodiag.</translation>
    </message>
    <message>
      <source>The national list of the ESS ({file}) holds no SIREN. Download it again later, or go on without it: the ESS flag of the register is then used.</source>
      <translation>La liste nationale de l’ESS ({file}) ne contient aucun SIREN. Téléchargez-la de nouveau plus tard, ou passez-vous d’elle : l’indicateur ESS du répertoire est alors utilisé.</translation>
    </message>
    <message>
      <source>The national service (IGN): it receives the addresses</source>
      <translation>Le service national (IGN) : il reçoit les adresses</translation>
    </message>
    <message>
      <source>The note will be kept with the decision.</source>
      <translation>La note sera conservée avec la décision.</translation>
    </message>
    <message>
      <source>The output folder {folder} cannot be written ({reason}). Choose another folder.</source>
      <translation>Le dossier {folder} ne peut pas être écrit ({reason}). Choisissez un autre dossier.</translation>
    </message>
    <message>
      <source>The page cannot be drawn before it is mended: {reason}.</source>
      <translation>La page ne peut pas être dessinée avant d’être corrigée : {reason}.</translation>
    </message>
    <message>
      <source>The page is being calculated on invented data…</source>
      <translation>La page est en cours de calcul sur des données fictives…</translation>
    </message>
    <message>
      <source>The page is being drawn…</source>
      <translation>La page est en cours de dessin…</translation>
    </message>
    <message>
      <source>The palette “{name}” is not in the catalogue of palettes.</source>
      <translation>La palette « {name} » n’est pas dans le catalogue des palettes.</translation>
    </message>
    <message>
      <source>The picture {file} has {width} × {height} pixels: reduce it.</source>
      <translation>L’image {file} a {width} × {height} pixels : réduisez-la.</translation>
    </message>
    <message>
      <source>The picture {file} of the house style cannot be read ({reason}).</source>
      <translation>L’image {file} de la charte graphique ne peut pas être lue ({reason}).</translation>
    </message>
    <message>
      <source>The picture {file} of the house style cannot be read ({reason}): save it again as PNG or JPEG.</source>
      <translation>L’image {file} de la charte graphique ne peut pas être lue ({reason}) : enregistrez-la de nouveau en PNG ou en JPEG.</translation>
    </message>
    <message>
      <source>The picture {file} weighs more than {most} MB: reduce it.</source>
      <translation>L’image {file} pèse plus de {most} Mo : réduisez-la.</translation>
    </message>
    <message>
      <source>The plan of actions</source>
      <translation>Le plan d’action</translation>
    </message>
    <message>
      <source>The points are places of people: nothing of what a service is asked or answers is kept on this machine, so that each run asks again.</source>
      <translation>Les points sont des lieux de personnes : rien de ce qui est demandé à un service, ni de ce qu’il répond, n’est gardé sur cette machine, si bien que chaque lancement redemande tout.</translation>
    </message>
    <message>
      <source>The points have no field {field}: choose the field that names the site of each person.</source>
      <translation>Les points n’ont pas de champ {field} : choisissez le champ qui nomme le site de chaque personne.</translation>
    </message>
    <message>
      <source>The points travel unencrypted to {host}: ask for an https address of this server.</source>
      <translation>Les points sont envoyés en clair à {host} : demandez une adresse https de ce serveur.</translation>
    </message>
    <message>
      <source>The polygons of {layer} do not lie where their coordinate reference system says ({crs}). Set the right one in the layer's properties, then run again.</source>
      <translation>Les polygones de {layer} ne se trouvent pas là où le dit leur système de coordonnées ({crs}). Définissez le bon dans les propriétés de la couche, puis relancez.</translation>
    </message>
    <message>
      <source>The profile names the indicators, the maps and the pages: coodiag, ess, ctg, or the path of a profile file (JSON) of your own, made with “Copy a diagnosis profile to edit”.</source>
      <translation>Le profil nomme les indicateurs, les cartes et les pages : coodiag, ess, ctg, ou le chemin de votre propre fichier de profil (JSON), fait avec « Copier un profil de diagnostic à modifier ».</translation>
    </message>
    <message>
      <source>The profile that was here is not lost: Undo brings it back.</source>
      <translation>Le profil qui était là n’est pas perdu : Annuler le rétablit.</translation>
    </message>
    <message>
      <source>The profile whose pages and chapters are the rows of textes.xlsx: coodiag, ess, ctg, or the path of a profile file (JSON) of your own.</source>
      <translation>Le profil dont les pages et les chapitres sont les lignes de textes.xlsx : coodiag, ess, ctg, ou le chemin de votre propre fichier de profil (JSON).</translation>
    </message>
    <message>
      <source>The profile {file} cannot be edited here.</source>
      <translation>Le profil {file} ne peut pas être modifié ici.</translation>
    </message>
    <message>
      <source>The profile {file} cannot be read: {reason}. Close the programme that holds it, or check its permissions.</source>
      <translation>Le profil {file} ne peut pas être lu : {reason}. Fermez le programme qui l’occupe, ou vérifiez ses droits.</translation>
    </message>
    <message>
      <source>The profile {file} cannot be used: line {line} is not written in UTF-8. Save the file in the encoding UTF-8.</source>
      <translation>Le profil {file} n’est pas utilisable : la ligne {line} n’est pas écrite en UTF-8. Enregistrez le fichier dans l’encodage UTF-8.</translation>
    </message>
    <message>
      <source>The profile {file} cannot be used: line {line}, in {place}, {reason}. Correct it there.</source>
      <translation>Le profil {file} n’est pas utilisable : ligne {line}, dans {place}, {reason}. Corrigez-le à cet endroit.</translation>
    </message>
    <message>
      <source>The profile {file} could not be written ({reason}). Choose another folder.</source>
      <translation>Le profil {file} n’a pas pu être écrit ({reason}). Choisissez un autre dossier.</translation>
    </message>
    <message>
      <source>The profile {file} is good: {chapters} chapters, {pages} pages, {indicators} indicators.</source>
      <translation>Le profil {file} est bon : {chapters} chapitres, {pages} pages, {indicators} indicateurs.</translation>
    </message>
    <message>
      <source>The profile {file} is not valid JSON: line {line}, column {column}, in {place}, {reason}. Correct it there.</source>
      <translation>Le profil {file} n’est pas un JSON valide : ligne {line}, colonne {column}, dans {place}, {reason}. Corrigez-le à cet endroit.</translation>
    </message>
    <message>
      <source>The profile “{profile}” is neither a file nor one of {known}.</source>
      <translation>Le profil « {profile} » n’est ni un fichier ni l’un de ceux-ci : {known}.</translation>
    </message>
    <message>
      <source>The profiles of the plugin are never written over, and {file} has the name of one: choose another name, out of the folder of the plugin.</source>
      <translation>Les profils de l’extension ne sont jamais remplacés, et {file} porte le nom de l’un d’eux : choisissez un autre nom, hors du dossier de l’extension.</translation>
    </message>
    <message>
      <source>The project could not be opened.</source>
      <translation>Le projet n’a pas pu être ouvert.</translation>
    </message>
    <message>
      <source>The project has no layout with the map of page {number}, “{title}”: the report leaves its place empty.</source>
      <translation>Le projet n’a pas de mise en page avec la carte de la page {number}, « {title} » : le rapport laisse sa place vide.</translation>
    </message>
    <message>
      <source>The project holds no slides yet: they are built from the figures of the dossier.</source>
      <translation>Le projet ne contient pas encore de diapositives : elles sont faites d’après les chiffres du dossier.</translation>
    </message>
    <message>
      <source>The project no longer has the layer of the map “{title}”. Run the full diagnosis again, or put the layer back.</source>
      <translation>Le projet n’a plus la couche de la carte « {title} ». Relancez le diagnostic complet, ou remettez la couche.</translation>
    </message>
    <message>
      <source>The project that is open has changes that are not saved.</source>
      <translation>Le projet ouvert a des changements qui ne sont pas enregistrés.</translation>
    </message>
    <message>
      <source>The project was not saved: nothing was opened.</source>
      <translation>Le projet n’a pas été enregistré : rien n’a été ouvert.</translation>
    </message>
    <message>
      <source>The project {file} cannot be read: {reason}.</source>
      <translation>Le projet {file} ne peut pas être lu : {reason}.</translation>
    </message>
    <message>
      <source>The project {file} could not be written: {reason}. Check that the folder can be written and has room.</source>
      <translation>Le projet {file} n’a pas pu être écrit : {reason}. Vérifiez que le dossier est accessible en écriture et qu’il reste de la place.</translation>
    </message>
    <message>
      <source>The project {file} holds no layout to print.</source>
      <translation>Le projet {file} n’a aucune mise en page à imprimer.</translation>
    </message>
    <message>
      <source>The public &amp;services (Internet)</source>
      <translation>Les services p&amp;ublics (Internet)</translation>
    </message>
    <message>
      <source>The reach must be above zero, for example 20 (minutes or kilometres).</source>
      <translation>La portée doit être supérieure à zéro, par exemple 20 (minutes ou kilomètres).</translation>
    </message>
    <message>
      <source>The region</source>
      <translation>La région</translation>
    </message>
    <message>
      <source>The report {earlier} has been edited since it was made: it stays, and the new one is {file}.</source>
      <translation>Le rapport {earlier} a été modifié depuis qu’il a été écrit : il reste, et le nouveau est {file}.</translation>
    </message>
    <message>
      <source>The report {file} cannot be written ({reason}). Close it if a word processor has it open, then run again.</source>
      <translation>Le rapport {file} ne peut pas être écrit ({reason}). Fermez-le s’il est ouvert dans un traitement de texte, puis relancez.</translation>
    </message>
    <message>
      <source>The report {file} could not be written ({reason}). Check that the folder can be written and has room, then run again.</source>
      <translation>Le rapport {file} n’a pas pu être écrit ({reason}). Vérifiez que le dossier est accessible en écriture et qu’il reste de la place, puis relancez.</translation>
    </message>
    <message>
      <source>The result of the geocoding cannot be read.</source>
      <translation>Le résultat du géocodage est illisible.</translation>
    </message>
    <message>
      <source>The rings of {count} points reach the limit of the road layer within {value} {unit}: the area may be cut off there. Give roads that go further.</source>
      <translation>Les anneaux de {count} points atteignent la limite de la couche de routes en {value} {unit} : la zone y est peut-être coupée. Donnez des routes qui vont plus loin.</translation>
    </message>
    <message>
      <source>The road file {file} cannot be opened. Give a layer of lines (GeoPackage, shapefile or .osm).</source>
      <translation>Le fichier de routes {file} ne peut pas être ouvert. Donnez une couche de lignes (GeoPackage, shapefile ou .osm).</translation>
    </message>
    <message>
      <source>The road graph cannot be kept in {folder} ({reason}). Check that the folder can be written and has room.</source>
      <translation>Le réseau routier ne peut pas être gardé dans {folder} ({reason}). Vérifiez que le dossier est accessible en écriture et qu’il reste de la place.</translation>
    </message>
    <message>
      <source>The road layer has no coordinate reference system. Set it in the layer's properties, then run again.</source>
      <translation>La couche de routes n’a pas de système de coordonnées. Définissez-le dans les propriétés de la couche, puis relancez.</translation>
    </message>
    <message>
      <source>The road layer has no field for class, direction or speed (BD TOPO or OpenStreetMap): every road is taken at {speed} km/h in both directions.</source>
      <translation>La couche de routes n’a pas de champ de classe, de sens ou de vitesse (BD TOPO ou OpenStreetMap) : chaque route est prise à {speed} km/h dans les deux sens.</translation>
    </message>
    <message>
      <source>The road layer has no line that this profile may use. Check the layer, its filter and the profile.</source>
      <translation>La couche de routes n’a aucune ligne que ce profil puisse emprunter. Vérifiez la couche, son filtre et le profil.</translation>
    </message>
    <message>
      <source>The road layer is empty. Check the layer and its filter.</source>
      <translation>La couche de routes est vide. Vérifiez la couche et son filtre.</translation>
    </message>
    <message>
      <source>The road layer {layer} does not cover the territory: fewer than half of its communes have a road near their middle. Give the roads of the territory, or none.</source>
      <translation>La couche de routes {layer} ne couvre pas le territoire : moins de la moitié de ses communes ont une route près de leur milieu. Donnez les routes du territoire, ou aucune.</translation>
    </message>
    <message>
      <source>The roads are broken up: {share} % of their length cannot be reached from the largest part. Check that lines join at their ends.</source>
      <translation>Le réseau est morcelé : {share} % de la longueur des routes est hors d’atteinte de la plus grande partie. Vérifiez que les lignes se rejoignent à leurs extrémités.</translation>
    </message>
    <message>
      <source>The roads do not cover the territory: {sites} of {all_sites} sites and {share} % of the located clients lie within {distance} m of a road. Give a larger road layer, or choose the order “distance”.</source>
      <translation>Les routes ne couvrent pas le territoire : {sites} sites sur {all_sites} et {share} % des clients localisés sont à moins de {distance} m d’une route. Donnez une couche de routes plus étendue, ou choisissez l’ordre « distance ».</translation>
    </message>
    <message>
      <source>The row {line} has the same folder, “{folder}”: write another name in a column « dossier ».</source>
      <translation>La ligne {line} a le même dossier, « {folder} » : écrivez un autre nom dans une colonne « dossier ».</translation>
    </message>
    <message>
      <source>The rows kept: row_id, the fields recognised, then the other columns as they are.</source>
      <translation>Les lignes retenues : row_id, les champs reconnus, puis les autres colonnes telles quelles.</translation>
    </message>
    <message>
      <source>The rows of the demand with accessibility (and accessibility_etat), supplies (how many count), left_out (within reach, without figure), nearest, unit, method and note.</source>
      <translation>Les lignes de la demande avec accessibility (et accessibility_etat), supplies (nombre d’offres qui comptent), left_out (à portée, sans chiffre), nearest, unit, method et note.</translation>
    </message>
    <message>
      <source>The rows of the supply with ratio (capacity per PER people within reach), served (people within reach, weighted), missing (places within reach without known population) and note.</source>
      <translation>Les lignes de l’offre avec ratio (capacité pour PER personnes à portée), served (personnes à portée, pondérées), missing (lieux à portée sans population connue) et note.</translation>
    </message>
    <message>
      <source>The rows that were not located are not kept: give FAILED to have them.</source>
      <translation>Les lignes non localisées ne sont pas conservées : donnez FAILED pour les avoir.</translation>
    </message>
    <message>
      <source>The rule “{rule}” of {file}.csv is not understood: write for example index&gt;=80.</source>
      <translation>La règle « {rule} » de {file}.csv n’est pas comprise : écrivez par exemple index&gt;=80.</translation>
    </message>
    <message>
      <source>The run ended in a way that was not foreseen. An earlier dossier is as it was.</source>
      <translation>Le traitement s’est arrêté d’une manière imprévue. Un dossier antérieur reste tel qu’il était.</translation>
    </message>
    <message>
      <source>The run ended in a way that was not foreseen: the log tells how.</source>
      <translation>L’exécution s’est terminée de façon imprévue : le journal de QGIS dit comment.</translation>
    </message>
    <message>
      <source>The same scale for all</source>
      <translation>La même échelle pour toutes</translation>
    </message>
    <message>
      <source>The same sums by hexagon of 1 km, beside the communes: the best first, called by its rank and the nearest commune.</source>
      <translation>Les mêmes sommes par hexagone de 1 km, à côté des communes : les meilleurs d’abord, nommés par leur rang et la commune la plus proche.</translation>
    </message>
    <message>
      <source>The sector “{sector}” of sectors.csv has no formula.</source>
      <translation>Le secteur « {sector} » de sectors.csv n’a pas de formule.</translation>
    </message>
    <message>
      <source>The server could not time the places of the self-check of {count} points (sources_to_targets): their inside_error and outside_error stay empty.</source>
      <translation>Le serveur n’a pas pu donner le temps des lieux de contrôle de {count} points (sources_to_targets) : leurs inside_error et outside_error restent vides.</translation>
    </message>
    <message>
      <source>The server of IGN sees which places you look at.</source>
      <translation>Le serveur de l’IGN voit quels lieux vous regardez.</translation>
    </message>
    <message>
      <source>The server of an online layer sees which places you look at.</source>
      <translation>Le serveur d’une couche en ligne voit quels lieux vous regardez.</translation>
    </message>
    <message>
      <source>The server whose address you give receives the number, street, postcode and town of each different address. Neither names nor any other column.</source>
      <translation>Le serveur dont vous donnez l’adresse reçoit le numéro, la voie, le code postal et la commune de chaque adresse distincte. Ni noms ni aucune autre colonne.</translation>
    </message>
    <message>
      <source>The service gave an area that cannot be brought into {crs}: it lies elsewhere than the points.</source>
      <translation>Le service a donné une surface qui ne peut pas être ramenée dans {crs} : elle se trouve ailleurs que les points.</translation>
    </message>
    <message>
      <source>The service {service} (services_offered.csv) has {count} indicators of people and {labels} names for them: write as many, separated by |.</source>
      <translation>Le service {service} (services_offered.csv) a {count} indicateurs de population et {labels} noms pour eux : écrivez-en autant, séparés par |.</translation>
    </message>
    <message>
      <source>The service {service} (services_offered.csv) is reached by car or crow, not by “{by}”.</source>
      <translation>Le service {service} (services_offered.csv) s’atteint par car (en voiture) ou crow (à vol d’oiseau), pas par « {by} ».</translation>
    </message>
    <message>
      <source>The services, c&amp;ompleted by a folder</source>
      <translation>Les services, complétés par un dossi&amp;er</translation>
    </message>
    <message>
      <source>The setting {setting} is not used: {reason}</source>
      <translation>Le réglage {setting} n’est pas utilisé : {reason}</translation>
    </message>
    <message>
      <source>The shape of the lines must be auto, straight or curved.</source>
      <translation>La forme des lignes doit être auto, straight ou curved.</translation>
    </message>
    <message>
      <source>The shape “isochrone” needs a road layer and the order “time” or “commune”. Give ROADS, or choose another shape.</source>
      <translation>La forme « isochrone » demande une couche de routes et l’ordre « time » ou « commune ». Donnez ROADS, ou choisissez une autre forme.</translation>
    </message>
    <message>
      <source>The sheet “{sheet}” of {file} is empty.</source>
      <translation>La feuille « {sheet} » de {file} est vide.</translation>
    </message>
    <message>
      <source>The stops have neither points nor the columns stop_lat and stop_lon of a GTFS (stops.txt).</source>
      <translation>Les arrêts n’ont ni points, ni colonnes stop_lat et stop_lon d’un GTFS (stops.txt).</translation>
    </message>
    <message>
      <source>The structure has no name: write it in the column « structure ».</source>
      <translation>La structure n’a pas de nom : écrivez-le dans la colonne « structure ».</translation>
    </message>
    <message>
      <source>The structure's own spreadsheets, as they are: columns are recognised, mistakes mended and told. The files stay where they are and are never changed.</source>
      <translation>Les tableaux de la structure, tels quels : les colonnes sont reconnues, les erreurs réparées et dites. Les fichiers restent où ils sont et ne sont jamais modifiés.</translation>
    </message>
    <message>
      <source>The structures are fewer than {least}: no consolidated page is made, it would tell one of another.</source>
      <translation>Il y a moins de {least} structures : aucune page de consolidation n’est faite, elle renseignerait l’une sur l’autre.</translation>
    </message>
    <message>
      <source>The study area has no surface: circles cannot be scaled.</source>
      <translation>La zone d’étude n’a pas de surface : les cercles ne peuvent pas être mis à l’échelle.</translation>
    </message>
    <message>
      <source>The style {file} cannot be used: {reason}. Save it again from QGIS, starting from the file of that name in the folder styles of the plugin.</source>
      <translation>Le style {file} ne peut pas être utilisé : {reason}. Enregistrez-le de nouveau depuis QGIS, en partant du fichier de ce nom dans le dossier styles de l’extension.</translation>
    </message>
    <message>
      <source>The style {name} could not be kept in {file}: {reason}.</source>
      <translation>Le style {name} n’a pas pu être conservé dans {file} : {reason}.</translation>
    </message>
    <message>
      <source>The supply “{token}” of the service {service} (services_offered.csv) is not understood: write for example kind:formation or naf:88.10A+88.91A.</source>
      <translation>L’offre « {token} » du service {service} (services_offered.csv) n’est pas comprise : écrivez par exemple kind:formation ou naf:88.10A+88.91A.</translation>
    </message>
    <message>
      <source>The survey has fewer than {minimum} respondents: nothing of it may be shown.</source>
      <translation>L’enquête a moins de {minimum} répondants : rien ne peut en être montré.</translation>
    </message>
    <message>
      <source>The synthesis reads first the chapters of a stake. Type a new one, or choose one.</source>
      <translation>La synthèse lit d’abord les chapitres d’un enjeu. Écrivez-en un nouveau, ou choisissez-en un.</translation>
    </message>
    <message>
      <source>The system refuses to read or write one of the files ({reason}). Check the disk, the rights of the files and whether another programme holds one, then run again.</source>
      <translation>Le système refuse de lire ou d’écrire l’un des fichiers ({reason}). Vérifiez le disque, les droits des fichiers et si un autre programme en occupe un, puis relancez.</translation>
    </message>
    <message>
      <source>The table has no column of counts: each row counts for one person.</source>
      <translation>La table n’a pas de colonne d’effectifs : chaque ligne compte pour une personne.</translation>
    </message>
    <message>
      <source>The table names a server for the addresses, {url}: give the same one to the run, in URL, if addresses may be sent there.</source>
      <translation>Le tableau désigne un serveur pour les adresses, {url} : indiquez le même au traitement, dans URL, si les adresses peuvent y être envoyées.</translation>
    </message>
    <message>
      <source>The table of edges has no road near the points that may be used: check its costs and where it lies.</source>
      <translation>La table des arcs n’a aucune route utilisable près des points : vérifiez ses coûts et l’endroit où elle se trouve.</translation>
    </message>
    <message>
      <source>The table of flows has no column of places of residence and of work: its columns are {columns}. Name them with ORIGIN, DESTINATION and COUNT.</source>
      <translation>La table des flux n’a pas de colonne de lieux de résidence et de travail : ses colonnes sont {columns}. Nommez-les dans ORIGIN, DESTINATION et COUNT.</translation>
    </message>
    <message>
      <source>The table of flows has no column {column}.</source>
      <translation>La table des flux n’a pas de colonne {column}.</translation>
    </message>
    <message>
      <source>The table of flows holds none that can be read: check its columns of codes and counts.</source>
      <translation>La table des flux n’en contient aucun de lisible : vérifiez ses colonnes de codes et d’effectifs.</translation>
    </message>
    <message>
      <source>The table of speeds cannot be written into {file} ({reason}). Choose another file.</source>
      <translation>Le tableau des vitesses ne peut pas être écrit dans {file} ({reason}). Choisissez un autre fichier.</translation>
    </message>
    <message>
      <source>The table of speeds {file} cannot be read ({reason}).</source>
      <translation>Le tableau des vitesses {file} ne peut pas être lu ({reason}).</translation>
    </message>
    <message>
      <source>The table of speeds {file} has no row. Write one line for each class of roads, or leave the parameter empty.</source>
      <translation>Le tableau des vitesses {file} n’a aucune ligne. Écrivez une ligne pour chaque classe de routes, ou laissez le paramètre vide.</translation>
    </message>
    <message>
      <source>The table of speeds {file} is not a text file. Save it as CSV (UTF-8).</source>
      <translation>Le tableau des vitesses {file} n’est pas un fichier texte. Enregistrez-le en CSV (UTF-8).</translation>
    </message>
    <message>
      <source>The table of speeds {file} lacks the columns {columns}. Its first line must be {wanted}.</source>
      <translation>Il manque au tableau des vitesses {file} les colonnes {columns}. Sa première ligne doit être {wanted}.</translation>
    </message>
    <message>
      <source>The table {table} of {database} cannot be read as edges: the columns {columns} are needed (missing: {missing}). Give their names in COLUMNS.</source>
      <translation>La table {table} de {database} ne peut pas être lue comme une table d’arcs : les colonnes {columns} sont nécessaires (manquantes : {missing}). Donnez leurs noms dans COLUMNS.</translation>
    </message>
    <message>
      <source>The targets must be above zero.</source>
      <translation>Les cibles doivent être supérieures à zéro.</translation>
    </message>
    <message>
      <source>The targets must be numbers above zero, for example 5000,10000 (inhabitants, households…).</source>
      <translation>Les cibles doivent être des nombres supérieurs à zéro, par exemple 5000,10000 (habitants, ménages…).</translation>
    </message>
    <message>
      <source>The territory is compared with</source>
      <translation>Le territoire est comparé à</translation>
    </message>
    <message>
      <source>The territory spreads over several legal projections ({crs}): run one diagnosis for each.</source>
      <translation>Le territoire s’étend sur plusieurs projections légales ({crs}) : lancez un diagnostic pour chacune.</translation>
    </message>
    <message>
      <source>The thresholds “{given}” cannot be used: give percentages above 0 and up to 100, for example 60,80,95.</source>
      <translation>Les seuils « {given} » ne sont pas utilisables : donnez des pourcentages supérieurs à 0 et jusqu’à 100, par exemple 60,80,95.</translation>
    </message>
    <message>
      <source>The tolerance must be a percentage from 0 to less than 100.</source>
      <translation>La tolérance doit être un pourcentage de 0 à moins de 100.</translation>
    </message>
    <message>
      <source>The type family “{family}” of the house style lacks its {face} font: add its file to the folder of fonts.</source>
      <translation>La famille de caractères « {family} » de la charte graphique n’a pas sa police {face} : ajoutez son fichier au dossier des polices.</translation>
    </message>
    <message>
      <source>The type family “{family}” of the layouts is not on this computer, and is printed in another: give its folder as the house style.</source>
      <translation>La famille de caractères « {family} » des mises en page n’est pas sur cet ordinateur, et une autre est imprimée à sa place : donnez son dossier comme charte graphique.</translation>
    </message>
    <message>
      <source>The typology of recruitment compares with the nearest site: give SITES.</source>
      <translation>La typologie du recrutement compare avec le site le plus proche : donnez SITES.</translation>
    </message>
    <message>
      <source>The values of the rings must be numbers above zero, for example 5,10,15 (minutes or kilometres).</source>
      <translation>Les valeurs des anneaux doivent être des nombres supérieurs à zéro, par exemple 5,10,15 (minutes ou kilomètres).</translation>
    </message>
    <message>
      <source>The variable “{variable}” is not in the catalogue: add it to catalogue/variables.csv.</source>
      <translation>La variable « {variable} » n’est pas dans le catalogue : ajoutez-la à catalogue/variables.csv.</translation>
    </message>
    <message>
      <source>The workbook has several filled sheets</source>
      <translation>Le classeur a plusieurs feuilles remplies</translation>
    </message>
    <message>
      <source>The workbook has several sheets: “{sheet}” is read.</source>
      <translation>Le classeur a plusieurs feuilles : « {sheet} » est lue.</translation>
    </message>
    <message>
      <source>The workbook {file} cannot be read: {reason}. Open it in a spreadsheet and save it as xlsx.</source>
      <translation>Le classeur {file} ne peut pas être lu : {reason}. Ouvrez-le dans un tableur et enregistrez-le en xlsx.</translation>
    </message>
    <message>
      <source>The workbook {file} could not be written ({reason}). Close it if a spreadsheet program has it open, then run again.</source>
      <translation>Le classeur {file} n’a pas pu être écrit ({reason}). Fermez-le s’il est ouvert dans un tableur, puis relancez.</translation>
    </message>
    <message>
      <source>Then click inside a commune on the map of QGIS; Enter takes its middle, Esc leaves.</source>
      <translation>Puis cliquez dans une commune sur la carte de QGIS ; Entrée prend son milieu, Échap quitte.</translation>
    </message>
    <message>
      <source>There are no data for these indicators: {indicators}.</source>
      <translation>Il n’y a pas de données pour ces indicateurs : {indicators}.</translation>
    </message>
    <message>
      <source>There is no correction yet: {file} does not exist.</source>
      <translation>Il n’y a encore aucune correction : {file} n’existe pas.</translation>
    </message>
    <message>
      <source>There is no diagnosis before this one.</source>
      <translation>Il n’y a pas de diagnostic précédent.</translation>
    </message>
    <message>
      <source>There is no known figure to classify: nothing can be shaded.</source>
      <translation>Aucun chiffre connu à répartir en classes : rien ne peut être représenté.</translation>
    </message>
    <message>
      <source>There is no place of this number.</source>
      <translation>Aucun lieu ne porte ce numéro.</translation>
    </message>
    <message>
      <source>There is no room left on the disk. Make some, or choose a folder on another disk, then run again.</source>
      <translation>Il n’y a plus de place sur le disque. Libérez-en, ou choisissez un dossier sur un autre disque, puis relancez.</translation>
    </message>
    <message>
      <source>These cells stay on this screen. The journal of the dossier gives their number only.</source>
      <translation>Ces cellules restent sur cet écran. Le journal du dossier n’en donne que le nombre.</translation>
    </message>
    <message>
      <source>These clients prefer the smaller or the farther sites: the estimates are not those of attraction and distance. Check the attraction field and the sites of the clients before reading the result.</source>
      <translation>Ces clients préfèrent les sites les plus petits ou les plus éloignés : les estimations ne sont pas celles de l’attraction et de la distance. Vérifiez le champ d’attraction et les sites des clients avant de lire le résultat.</translation>
    </message>
    <message>
      <source>These communes of the layer are not in the folder's lists of {year}: {codes}. Take a layer and a folder of the same year.</source>
      <translation>Ces communes de la couche ne sont pas dans les listes de {year} du dossier : {codes}. Prenez une couche et un dossier de la même année.</translation>
    </message>
    <message>
      <source>These corrections come from {count} files made apart, and {most} at most can be kept together. Gather them in one file of CORRECTIONS first, on one machine, and export that one.</source>
      <translation>Ces corrections viennent de {count} fichiers créés séparément, et {most} au plus peuvent être conservés ensemble. Réunissez-les d’abord dans un seul fichier de CORRECTIONS, sur une même machine, et exportez celui-là.</translation>
    </message>
    <message>
      <source>These files of the diagnosis are not found, or have changed since: {roles}. Put them, as they were then, into DATA_FOLDER or FILES_FOLDER; their names do not matter.</source>
      <translation>Ces fichiers du diagnostic sont introuvables, ou ont changé depuis : {roles}. Mettez-les, tels qu’ils étaient alors, dans DATA_FOLDER ou FILES_FOLDER ; leurs noms n’importent pas.</translation>
    </message>
    <message>
      <source>These indicators cannot be given for the zones, because the layer does not hold what they are computed from, or because they are medians: {names}. A data folder gives the former.</source>
      <translation>Ces indicateurs ne peuvent pas être donnés pour les zones, parce que la couche ne contient pas ce dont ils sont calculés, ou parce que ce sont des médianes : {names}. Un dossier de données donne les premiers.</translation>
    </message>
    <message>
      <source>These indicators could not be fetched: {indicators}.</source>
      <translation>Ces indicateurs n’ont pas pu être téléchargés : {indicators}.</translation>
    </message>
    <message>
      <source>They travel unencrypted: ask for an https address.</source>
      <translation>Elles circulent sans chiffrement : demandez une adresse https.</translation>
    </message>
    <message>
      <source>This QGIS cannot draw a concave hull (GEOS older than 3.11). Choose another shape, for example convex.</source>
      <translation>Ce QGIS ne sait pas dessiner d’enveloppe concave (GEOS antérieur à 3.11). Choisissez une autre forme, par exemple convex.</translation>
    </message>
    <message>
      <source>This QGIS comes without qgis_process: it will wait while the diagnosis runs.</source>
      <translation>Ce QGIS est livré sans qgis_process : il sera bloqué pendant le diagnostic.</translation>
    </message>
    <message>
      <source>This QGIS has no PostgreSQL provider: install it, or choose the engine roads.</source>
      <translation>Ce QGIS n’a pas de fournisseur PostgreSQL : installez-le, ou choisissez le moteur roads.</translation>
    </message>
    <message>
      <source>This configuration holds no key for {service}: choose one of the type API Header with the header {header}.</source>
      <translation>Cette configuration ne contient pas de clé pour {service} : choisissez-en une de type API Header dont l’en-tête est {header}.</translation>
    </message>
    <message>
      <source>This dossier left the page out: {reason}</source>
      <translation>Ce dossier a laissé la page de côté : {reason}</translation>
    </message>
    <message>
      <source>This dossier was made before the page was changed: it has other figures. Run the diagnosis again with this profile, or look at the page on the demonstration.</source>
      <translation>Ce dossier a été fait avant le changement de la page : il a d’autres chiffres. Relancez le diagnostic avec ce profil, ou regardez la page sur la démonstration.</translation>
    </message>
    <message>
      <source>This dossier was made from a folder of official files: give it in DATA_FOLDER.</source>
      <translation>Ce dossier vient d’un dossier de fichiers officiels : donnez celui-ci dans DATA_FOLDER.</translation>
    </message>
    <message>
      <source>This dossier was made with Coodiag {before}, this is Coodiag {now}: pages and figures may differ.</source>
      <translation>Ce dossier a été établi avec Coodiag {before}, ceci est Coodiag {now} : pages et chiffres peuvent différer.</translation>
    </message>
    <message>
      <source>This dossier was made with a layer as {parameter}: give it again.</source>
      <translation>Ce dossier a été établi avec une couche pour {parameter} : donnez-la de nouveau.</translation>
    </message>
    <message>
      <source>This dossier was made with the profile “{made}”: its maps and figures are those. The profile “{asked}” needs a new diagnosis (Full diagnosis).</source>
      <translation>Ce dossier a été fait avec le profil « {made} » : ses cartes et ses chiffres sont ceux-là. Le profil « {asked} » demande un nouveau diagnostic (Diagnostic complet).</translation>
    </message>
    <message>
      <source>This dossier was made without this page. Run the diagnosis again with this profile, or look at the page on the demonstration.</source>
      <translation>Ce dossier a été fait sans cette page. Relancez le diagnostic avec ce profil, ou regardez la page sur la démonstration.</translation>
    </message>
    <message>
      <source>This folder holds other files: they stay as they are.</source>
      <translation>Ce dossier contient d’autres fichiers : ils restent tels quels.</translation>
    </message>
    <message>
      <source>This profile has no file yet: choose its name and its folder.</source>
      <translation>Ce profil n’a pas encore de fichier : choisissez son nom et son dossier.</translation>
    </message>
    <message>
      <source>This row has no address: its place cannot be kept apart from that of other rows.</source>
      <translation>Cette ligne n’a pas d’adresse : son lieu ne se distinguerait pas de celui d’autres lignes.</translation>
    </message>
    <message>
      <source>This row has no address: nothing can be kept for it.</source>
      <translation>Cette ligne n’a pas d’adresse : rien ne peut être conservé pour elle.</translation>
    </message>
    <message>
      <source>This row has no place to accept: choose one, place it on the map or give it up.</source>
      <translation>Cette ligne n’a aucun lieu à accepter : choisissez-en un, placez-la sur la carte ou abandonnez-la.</translation>
    </message>
    <message>
      <source>This row says no commune: its place would be taken for that of other rows. Write the commune in the file, or give it up.</source>
      <translation>Cette ligne ne dit pas sa commune : son lieu serait pris pour celui d’autres lignes. Écrivez la commune dans le fichier, ou abandonnez la ligne.</translation>
    </message>
    <message>
      <source>Threshold areas</source>
      <translation>Zones de seuil</translation>
    </message>
    <message>
      <source>Threshold of divergence</source>
      <translation>Seuil de divergence</translation>
    </message>
    <message>
      <source>Times (minutes)</source>
      <translation>Temps (minutes)</translation>
    </message>
    <message>
      <source>Times need a road layer: give ROADS.</source>
      <translation>Les temps demandent une couche de routes : donnez ROADS.</translation>
    </message>
    <message>
      <source>Times whose shares are told, in minutes, separated by commas.</source>
      <translation>Temps dont les parts sont données, en minutes, séparés par des virgules.</translation>
    </message>
    <message>
      <source>To review</source>
      <translation>À vérifier</translation>
    </message>
    <message>
      <source>To review: {waiting} · decided: {decided} · rows in all: {total}</source>
      <translation>À vérifier : {waiting} · décidées : {decided} · lignes en tout : {total}</translation>
    </message>
    <message>
      <source>Tolerance (%)</source>
      <translation>Tolérance (%)</translation>
    </message>
    <message>
      <source>Too few clients are in the register to test the ranking on hidden ones.</source>
      <translation>Trop peu de clients figurent au répertoire pour éprouver le classement sur des clients cachés.</translation>
    </message>
    <message>
      <source>Too few clients to estimate GAMMA and LAMBDA: {count}, where at least {fewest} are needed. Give more of them, or leave OBSERVED empty to use GAMMA and LAMBDA as given.</source>
      <translation>Trop peu de clients pour estimer GAMMA et LAMBDA : {count}, alors qu’il en faut au moins {fewest}. Donnez-en davantage, ou laissez OBSERVED vide pour utiliser GAMMA et LAMBDA tels qu’ils sont donnés.</translation>
    </message>
    <message>
      <source>Too few people, or no figure that may be shown: there is nothing to mend.</source>
      <translation>Trop peu de personnes, ou aucun chiffre qui puisse être montré : il n’y a rien à corriger.</translation>
    </message>
    <message>
      <source>Totals</source>
      <translation>Totaux</translation>
    </message>
    <message>
      <source>Town</source>
      <translation>Commune</translation>
    </message>
    <message>
      <source>Town in the cell of the postcode</source>
      <translation>Commune dans la cellule du code postal</translation>
    </message>
    <message>
      <source>Town left empty</source>
      <translation>Commune laissée vide</translation>
    </message>
    <message>
      <source>Town without any letter</source>
      <translation>Commune sans aucune lettre</translation>
    </message>
    <message>
      <source>Try before the diagnosis</source>
      <translation>Essayer avant le diagnostic</translation>
    </message>
    <message>
      <source>Try the &amp;demonstration</source>
      <translation>Essayer la &amp;démonstration</translation>
    </message>
    <message>
      <source>Try the demonstration</source>
      <translation>Essayer la démonstration</translation>
    </message>
    <message>
      <source>Turnover</source>
      <translation>Chiffre d’affaires</translation>
    </message>
    <message>
      <source>Two columns have the same name</source>
      <translation>Deux colonnes portent le même nom</translation>
    </message>
    <message>
      <source>Two different postcodes in the row</source>
      <translation>Deux codes postaux différents sur la ligne</translation>
    </message>
    <message>
      <source>Two rates crossed</source>
      <translation>Deux taux croisés</translation>
    </message>
    <message>
      <source>Two-page summary</source>
      <translation>Synthèse de deux pages</translation>
    </message>
    <message>
      <source>Type of street</source>
      <translation>Type de voie</translation>
    </message>
    <message>
      <source>Typology of recruitment</source>
      <translation>Typologie du recrutement</translation>
    </message>
    <message>
      <source>URL is not the address of a PostgreSQL database, such as postgresql://me@localhost:5432/roads.</source>
      <translation>URL n’est pas l’adresse d’une base de données PostgreSQL, comme postgresql://me@localhost:5432/roads.</translation>
    </message>
    <message>
      <source>URL must be the name of a PostgreSQL connection of QGIS or a connection string such as host=localhost dbname=roads user=me: it names no database.</source>
      <translation>URL doit être le nom d’une connexion PostgreSQL de QGIS ou une chaîne de connexion comme host=localhost dbname=roads user=me : aucune base de données n’y est nommée.</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>Units of a polygon</source>
      <translation>Unités d’un polygone</translation>
    </message>
    <message>
      <source>Up ↑</source>
      <translation>Monter ↑</translation>
    </message>
    <message>
      <source>Value refused</source>
      <translation>Valeur refusée</translation>
    </message>
    <message>
      <source>Value refused: digits are lost</source>
      <translation>Valeur refusée : des chiffres sont perdus</translation>
    </message>
    <message>
      <source>Values</source>
      <translation>Valeurs</translation>
    </message>
    <message>
      <source>Values of the rings, separated by commas: minutes in mode time, kilometres in mode distance.</source>
      <translation>Valeurs des anneaux, séparées par des virgules : minutes en mode time, kilomètres en mode distance.</translation>
    </message>
    <message>
      <source>Values that could not be read and are left empty: {count}.</source>
      <translation>Valeurs illisibles, laissées vides : {count}.</translation>
    </message>
    <message>
      <source>Variables</source>
      <translation>Variables</translation>
    </message>
    <message>
      <source>Walk to a stop (minutes)</source>
      <translation>Marche jusqu’à un arrêt (minutes)</translation>
    </message>
    <message>
      <source>Warnings on the way: {count}, marked ⚠ in the details.</source>
      <translation>Avertissements en route : {count}, marqués ⚠ dans le détail.</translation>
    </message>
    <message>
      <source>Way of moving</source>
      <translation>Mode de déplacement</translation>
    </message>
    <message>
      <source>Way of moving on the roads: car, bike or foot.</source>
      <translation>Façon de se déplacer sur les routes : car (en voiture), bike (à vélo) ou foot (à pied).</translation>
    </message>
    <message>
      <source>Weight</source>
      <translation>Poids</translation>
    </message>
    <message>
      <source>Weight of each factor, 1 when not given: naf=1, size=1, cost=1, saturation=1. 0 takes a factor out.</source>
      <translation>Poids de chaque facteur, 1 s’il n’est pas donné : naf=1, size=1, cost=1, saturation=1. 0 retire un facteur.</translation>
    </message>
    <message>
      <source>Weights</source>
      <translation>Poids des facteurs</translation>
    </message>
    <message>
      <source>Weights of the bands</source>
      <translation>Poids des tranches</translation>
    </message>
    <message>
      <source>What QGIS wrote is in {file}: read it before you hand it on, it may name persons.</source>
      <translation>Ce que QGIS a écrit est dans {file} : relisez-le avant de le transmettre, il peut nommer des personnes.</translation>
    </message>
    <message>
      <source>What an interrupted run had kept is damaged ({reason}): it starts anew.</source>
      <translation>Ce qu’un traitement interrompu avait conservé est abîmé ({reason}) : toutes les lignes sont de nouveau localisées.</translation>
    </message>
    <message>
      <source>What becomes of the answers of the services kept on this machine. auto: recent ones are used again, older ones only when the network is down (their age is said). refresh: everything is asked again. offline: only kept answers are used, nothing is asked.</source>
      <translation>Usage des réponses des services gardées sur cette machine. auto : les récentes resservent, les plus anciennes seulement quand le réseau est en panne (leur âge est dit). refresh : tout est redemandé. offline : seules les réponses gardées servent, rien n’est demandé.</translation>
    </message>
    <message>
      <source>What does {file} hold?</source>
      <translation>Que contient {file} ?</translation>
    </message>
    <message>
      <source>What is missing</source>
      <translation>Ce qui manque</translation>
    </message>
    <message>
      <source>What is missing in this step</source>
      <translation>Ce qui manque dans cette étape</translation>
    </message>
    <message>
      <source>What is under way will be stopped.</source>
      <translation>Ce qui est en cours sera arrêté.</translation>
    </message>
    <message>
      <source>What leaves this machine</source>
      <translation>Ce qui quitte cette machine</translation>
    </message>
    <message>
      <source>What the atlas tells, and the documents made with it. Everything has a value that suits: you can go on at once.</source>
      <translation>Ce que dit l’atlas, et les documents faits avec lui. Chaque choix a déjà une valeur qui convient : vous pouvez continuer tout de suite.</translation>
    </message>
    <message>
      <source>What the last run has written. Everything but the folder “confidentiel” can be handed out.</source>
      <translation>Ce que le dernier calcul a écrit. Tout peut être transmis, sauf le sous-dossier « confidentiel ».</translation>
    </message>
    <message>
      <source>What the profile editor had kept ({file}) cannot be read: it begins anew.</source>
      <translation>Ce que l’éditeur de profils avait conservé ({file}) ne peut pas être lu : il repart de zéro.</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>Ce que sont les lignes</translation>
    </message>
    <message>
      <source>What the run found</source>
      <translation>Ce que le traitement a trouvé</translation>
    </message>
    <message>
      <source>What the t&amp;eam is asked to write there</source>
      <translation>Ce que l’équip&amp;e est invitée à y écrire</translation>
    </message>
    <message>
      <source>What the team is asked to &amp;write on its first page</source>
      <translation>Ce que l’é&amp;quipe est invitée à écrire sur sa première page</translation>
    </message>
    <message>
      <source>What the wizard had kept ({file}) cannot be read. Delete this file to begin anew.</source>
      <translation>Ce que l’assistant avait gardé ({file}) est illisible. Supprimez ce fichier pour recommencer.</translation>
    </message>
    <message>
      <source>What the wizard had kept cannot be read: it is now in {file}, and a new diagnosis begins.</source>
      <translation>Ce que l’assistant avait gardé est illisible : c’est maintenant dans {file}, et un nouveau diagnostic commence.</translation>
    </message>
    <message>
      <source>What to fetch</source>
      <translation>Données à télécharger</translation>
    </message>
    <message>
      <source>What was done</source>
      <translation>Ce qui a été fait</translation>
    </message>
    <message>
      <source>What was found</source>
      <translation>Ce qui a été relevé</translation>
    </message>
    <message>
      <source>What was found in the file</source>
      <translation>Ce qui a été relevé dans le fichier</translation>
    </message>
    <message>
      <source>What was kept could not be used, this stands in its place. {why}</source>
      <translation>Ce qui était conservé ne pouvait pas servir, ceci est à sa place. {why}</translation>
    </message>
    <message>
      <source>What will be done</source>
      <translation>Ce qui va être fait</translation>
    </message>
    <message>
      <source>When one weight moves by 20 %, the order keeps a Kendall's tau of at least {tau} (1: the same order) and {kept} % of the first 50 stay among them.</source>
      <translation>Quand un poids varie de 20 %, l’ordre garde un tau de Kendall d’au moins {tau} (1 : le même ordre) et {kept} % des 50 premiers le restent.</translation>
    </message>
    <message>
      <source>Where the files of the structure are, in subfolders or not. Empty: they are looked for in the data folder.</source>
      <translation>Là où sont les fichiers de la structure, dans des sous-dossiers ou non. Vide : ils sont cherchés dans le dossier de données.</translation>
    </message>
    <message>
      <source>Where the picture comes from</source>
      <translation>D’où vient l’aperçu</translation>
    </message>
    <message>
      <source>Where the wizard proposes to make a new dossier, in a folder of its own. Choose a place that only those who may see the persons can read. Empty: your documents.</source>
      <translation>Où l’assistant propose de faire un nouveau dossier, dans un répertoire à lui. Choisissez un endroit que seuls lisent ceux qui ont le droit de voir les personnes. Vide : vos documents.</translation>
    </message>
    <message>
      <source>Where what can be made or asked again is kept: answers of services, address indexes, road graphs; several gigabytes for large territories. It lies there in a folder coodiag-cache. What an earlier folder holds stays there. Empty: the QGIS profile. Corrections and the wizard's draft always stay in the profile.</source>
      <translation>Où est conservé ce qui peut être refait ou redemandé : réponses des services, index d’adresses, graphes routiers ; plusieurs gigaoctets pour de grands territoires. Le tout y est dans un dossier coodiag-cache. Ce que contient un dossier précédent y reste. Vide : le profil de QGIS. Les corrections et le brouillon de l’assistant restent toujours dans le profil.</translation>
    </message>
    <message>
      <source>Which site each person goes to is not told: give the field of the points that names it (SITE_FIELD), or a layer of one site.</source>
      <translation>Rien ne dit à quel site va chaque personne : donnez le champ des points qui le nomme (SITE_FIELD), ou une couche d’un seul site.</translation>
    </message>
    <message>
      <source>Who is asked for the place of an address. What a service receives is said before anything is sent.</source>
      <translation>À qui l’emplacement d’une adresse est demandé. Ce qu’un service reçoit est dit avant tout envoi.</translation>
    </message>
    <message>
      <source>Who places the addresses</source>
      <translation>Qui place les adresses</translation>
    </message>
    <message>
      <source>Whole address in a single cell</source>
      <translation>Adresse complète dans une seule cellule</translation>
    </message>
    <message>
      <source>Whom the recruitment does not reach</source>
      <translation>Qui le recrutement n’atteint pas</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Raison</translation>
    </message>
    <message>
      <source>Why this place</source>
      <translation>Pourquoi ce lieu</translation>
    </message>
    <message>
      <source>With files of addresses (BAN) kept on this machine. Nothing leaves it.</source>
      <translation>Avec des fichiers d’adresses (BAN) gardés sur cette machine. Rien n’en sort.</translation>
    </message>
    <message>
      <source>With the neighbours</source>
      <translation>Avec les voisines</translation>
    </message>
    <message>
      <source>Without it, a file that exists and differs is never replaced: it may be one that you edited.</source>
      <translation>Sans cela, un fichier qui existe et diffère n’est jamais remplacé : vous l’avez peut-être modifié.</translation>
    </message>
    <message>
      <source>Without it, a folder that holds one of these files already is refused: it may be filled in.</source>
      <translation>Sans cela, un dossier qui contient déjà l’un de ces fichiers est refusé : il est peut-être rempli.</translation>
    </message>
    <message>
      <source>Without it, a workbook of that name is never replaced: it may be filled in.</source>
      <translation>Sans cette case, un classeur du même nom n’est jamais remplacé : il est peut-être rempli.</translation>
    </message>
    <message>
      <source>Words moved to the complement</source>
      <translation>Mention déplacée en complément</translation>
    </message>
    <message>
      <source>Work in the zone and live elsewhere</source>
      <translation>Travaillent dans la zone et habitent au-dehors</translation>
    </message>
    <message>
      <source>Workbook</source>
      <translation>Classeur</translation>
    </message>
    <message>
      <source>Workbook of figures</source>
      <translation>Classeur des chiffres</translation>
    </message>
    <message>
      <source>Workbook to fill in. A file of that name, perhaps filled in, is kept unless its replacement is allowed.</source>
      <translation>Classeur à remplir. Un fichier du même nom, peut-être rempli, est gardé, sauf si son remplacement est permis.</translation>
    </message>
    <message>
      <source>Write a code such as EPCI:243500139, COM:35238 or DEP:35.</source>
      <translation>Écrivez un code comme EPCI:243500139, COM:35238 ou DEP:35.</translation>
    </message>
    <message>
      <source>Write ascending percentages above 0 and up to 100, separated by commas: 60,80,95.</source>
      <translation>Écrivez des pourcentages croissants, supérieurs à 0 et d’au plus 100, séparés par des virgules : 60,80,95.</translation>
    </message>
    <message>
      <source>Write empty tables for a survey, actors, an action plan and texts (step 4)</source>
      <translation>Écrire des tableaux vides pour une enquête, les acteurs, un plan d’action et des textes (étape 4)</translation>
    </message>
    <message>
      <source>Write the address of your server of addresses under its name, for example http://addok.example:7878.</source>
      <translation>Écrivez l’adresse de votre serveur d’adresses sous son nom, par exemple http://addok.example:7878.</translation>
    </message>
    <message>
      <source>Write the address or the commune of each actor in the table of actors.</source>
      <translation>Écrivez l’adresse ou la commune de chaque acteur dans la table d’acteurs.</translation>
    </message>
    <message>
      <source>Write the documents of a dossier</source>
      <translation>Écrire les documents d’un dossier</translation>
    </message>
    <message>
      <source>Write the name of a commune, an intercommunalité or a département, then choose it in the list. Several can be put together.</source>
      <translation>Écrivez le nom d’une commune, d’une intercommunalité ou d’un département, puis choisissez-le dans la liste. Vous pouvez en réunir plusieurs.</translation>
    </message>
    <message>
      <source>Written: {file}</source>
      <translation>Écrit : {file}</translation>
    </message>
    <message>
      <source>Year of two digits</source>
      <translation>Année sur deux chiffres</translation>
    </message>
    <message>
      <source>Your own grid of objectives (csv, xlsx, ods) with the columns theme, sub_theme, id, objective, evidence, weight. A bad line is refused by its number. Empty: the grid of Coodiag.</source>
      <translation>Votre propre grille d’objectifs (csv, xlsx, ods), avec les colonnes theme, sub_theme, id, objective, evidence, weight. Une ligne fautive est refusée avec son numéro. Vide : la grille de Coodiag.</translation>
    </message>
    <message>
      <source>Your own speeds by class of road (CSV), as Table of road speeds writes them. A class that it does not name keeps the speed of Coodiag. Empty: the speeds of Coodiag.</source>
      <translation>Vos propres vitesses par classe de routes (CSV), telles que les écrit « Tableau des vitesses ». Une classe que le fichier ne nomme pas garde la vitesse de Coodiag. Vide : les vitesses de Coodiag.</translation>
    </message>
    <message>
      <source>Zero put back</source>
      <translation>Zéro rétabli</translation>
    </message>
    <message>
      <source>Zone {rank}</source>
      <translation>Zone {rank}</translation>
    </message>
    <message>
      <source>Zones</source>
      <translation>Zones</translation>
    </message>
    <message>
      <source>Zones and crossings…</source>
      <translation>Zones et croisements…</translation>
    </message>
    <message>
      <source>Zones of several sites do not overlap: a commune goes to the site of most of its clients, any other place to the nearest site. Without it they may overlap.</source>
      <translation>Les zones de plusieurs sites ne se chevauchent pas : une commune va au site de la plupart de ses clients, tout autre lieu au site le plus proche. Sans cela, elles peuvent se chevaucher.</translation>
    </message>
    <message>
      <source>Zones to profile, for example the output of Catchment zones.</source>
      <translation>Zones dont tracer le profil, par exemple la sortie de « Zones de chalandise ».</translation>
    </message>
    <message>
      <source>Zones with method, coverage (%), squares, imputed (%), and each figure with its columns _etat and _part. A field of the zones that bears the name of a figure is kept as zone_&lt;name&gt;.</source>
      <translation>Zones avec method, coverage (%), squares, imputed (%), et chaque chiffre avec ses colonnes _etat et _part. Un champ des zones qui porte le nom d’un chiffre est gardé sous le nom zone_&lt;name&gt;.</translation>
    </message>
    <message>
      <source>a backslash in a text is written twice</source>
      <translation>une barre oblique inverse dans un texte s’écrit deux fois</translation>
    </message>
    <message>
      <source>a chart “{chart}” takes {fewest} indicators at least</source>
      <translation>un graphique « {chart} » prend au moins {fewest} indicateurs</translation>
    </message>
    <message>
      <source>a colon is expected after the key “{key}”</source>
      <translation>un deux-points est attendu après la clé « {key} »</translation>
    </message>
    <message>
      <source>a comma or “{closing}” is missing there</source>
      <translation>il manque une virgule ou « {closing} »</translation>
    </message>
    <message>
      <source>a dossier</source>
      <translation>un dossier</translation>
    </message>
    <message>
      <source>a key between straight quotation marks is expected</source>
      <translation>une clé entre guillemets droits est attendue</translation>
    </message>
    <message>
      <source>a page is a “map” or a “sheet”, not both</source>
      <translation>une page est une « map » ou une « sheet », pas les deux</translation>
    </message>
    <message>
      <source>a page of the layer “{layer}” takes “{right}”, not “{wrong}”</source>
      <translation>une page de la couche « {layer} » prend « {right} », pas « {wrong} »</translation>
    </message>
    <message>
      <source>a sheet “{sheet}” has no chart “{chart}” (its charts: {known})</source>
      <translation>une fiche « {sheet} » n’a pas de graphique « {chart} » (ses graphiques : {known})</translation>
    </message>
    <message>
      <source>a sheet “{sheet}” takes no “{key}”</source>
      <translation>une fiche « {sheet} » ne prend pas de « {key} »</translation>
    </message>
    <message>
      <source>a value is expected: a text between straight quotation marks, a number, […] or {sign}</source>
      <translation>une valeur est attendue : un texte entre guillemets droits, un nombre, […] ou {sign}</translation>
    </message>
    <message>
      <source>about {time} left</source>
      <translation>encore {time} environ</translation>
    </message>
    <message>
      <source>accept rows shown together, by score or by remark</source>
      <translation>accepter ensemble des lignes affichées, par score ou par remarque</translation>
    </message>
    <message>
      <source>accept the place found by the run</source>
      <translation>accepter le lieu trouvé par le traitement</translation>
    </message>
    <message>
      <source>action plan</source>
      <translation>plan d’action</translation>
    </message>
    <message>
      <source>active establishments (Sirène)</source>
      <translation>établissements actifs (Sirène)</translation>
    </message>
    <message>
      <source>actors</source>
      <translation>acteurs</translation>
    </message>
    <message>
      <source>add a chapter</source>
      <translation>ajouter un chapitre</translation>
    </message>
    <message>
      <source>add a page after the one chosen</source>
      <translation>ajouter une page après celle qui est choisie</translation>
    </message>
    <message>
      <source>add indicators, in a list of indicators</source>
      <translation>ajouter des indicateurs, dans une liste d’indicateurs</translation>
    </message>
    <message>
      <source>addok is a server of your own network: give its address in URL, for example http://addok.example:7878, or in Settings → Options → Coodiag.</source>
      <translation>addok est un serveur de votre réseau : donnez son adresse dans URL, par exemple http://addok.example:7878, ou dans Préférences → Options → Coodiag.</translation>
    </message>
    <message>
      <source>addok, a server of your own network: it receives the addresses</source>
      <translation>addok, un serveur de votre réseau : il reçoit les adresses</translation>
    </message>
    <message>
      <source>addresses (Base Adresse Nationale)</source>
      <translation>adresses (Base Adresse Nationale)</translation>
    </message>
    <message>
      <source>algorithms.md</source>
      <translation>algorithmes.md</translation>
    </message>
    <message>
      <source>already there</source>
      <translation>déjà là</translation>
    </message>
    <message>
      <source>an expression chooses its drawings</source>
      <translation>une expression choisit ses dessins</translation>
    </message>
    <message>
      <source>an object {sign} is expected</source>
      <translation>un objet {sign} est attendu</translation>
    </message>
    <message>
      <source>and {count} more</source>
      <translation>et {count} de plus</translation>
    </message>
    <message>
      <source>another step</source>
      <translation>une autre étape</translation>
    </message>
    <message>
      <source>at least {threshold} % {what}</source>
      <translation>au moins {threshold} % {what}</translation>
    </message>
    <message>
      <source>at most {reach} {unit} away</source>
      <translation>à {reach} {unit} au plus</translation>
    </message>
    <message>
      <source>auto: two opposite flows are bent apart, the others are straight. straight or curved: all of them.</source>
      <translation>auto : deux flux opposés sont courbés pour être séparés, les autres sont droits. straight (droits) ou curved (courbés) : tous.</translation>
    </message>
    <message>
      <source>bands: each zone is what it adds to the inner ones. nested: each zone holds the inner ones.</source>
      <translation>bands : chaque zone est ce qu’elle ajoute aux zones intérieures. nested : chaque zone contient les zones intérieures.</translation>
    </message>
    <message>
      <source>beneficiaries</source>
      <translation>bénéficiaires</translation>
    </message>
    <message>
      <source>by bike</source>
      <translation>à vélo</translation>
    </message>
    <message>
      <source>by car</source>
      <translation>en voiture</translation>
    </message>
    <message>
      <source>by the part of their surface</source>
      <translation>au prorata de la surface</translation>
    </message>
    <message>
      <source>census, incomes, births and employers (Insee, Melodi)</source>
      <translation>recensement, revenus, naissances et employeurs (Insee, Melodi)</translation>
    </message>
    <message>
      <source>centroid: a place belongs to the zone that holds a point of its surface. area: by the share of its surface inside.</source>
      <translation>centroid : un lieu appartient à la zone qui contient un point de sa surface. area : selon la part de sa surface qui s’y trouve.</translation>
    </message>
    <message>
      <source>change over time</source>
      <translation>évolution</translation>
    </message>
    <message>
      <source>chapter “{name}” is not one of {known}</source>
      <translation>le chapitre « {name} » n’est pas l’un de {known}</translation>
    </message>
    <message>
      <source>clients</source>
      <translation>clients</translation>
    </message>
    <message>
      <source>clients not told (too few)</source>
      <translation>clients non montrés (trop peu)</translation>
    </message>
    <message>
      <source>codgeo, nom, rank, distance (standard deviations, or 1 − cosine), reason, method, then the indicators.</source>
      <translation>codgeo, nom, rank, distance (écarts types, ou 1 − cosinus), reason, method, puis les indicateurs.</translation>
    </message>
    <message>
      <source>commune</source>
      <translation>commune</translation>
    </message>
    <message>
      <source>communes, their memberships and their contours</source>
      <translation>communes, leurs rattachements et leurs contours</translation>
    </message>
    <message>
      <source>communes: the communes whose middle lies within the reach (in the order commune: those where the clients live). concave, convex: hull of the clients. isochrone: what is reached within the time of the last client. density: isopleth that holds the share of the density, which is not that share of the clients: the row tells the clients inside, and no reach.</source>
      <translation>communes : les communes dont le milieu est à portée (dans l’ordre commune : celles où habitent les clients). concave, convex : enveloppe des clients. isochrone : ce qui est atteint dans le temps du dernier client. density : isoplèthe qui réunit la part de la densité, qui n’est pas cette part des clients : la ligne dit les clients qui sont dedans, et aucune portée.</translation>
    </message>
    <message>
      <source>contours of the IRIS</source>
      <translation>contours des IRIS</translation>
    </message>
    <message>
      <source>corrections kept, to delete some</source>
      <translation>corrections conservées, pour en supprimer</translation>
    </message>
    <message>
      <source>count</source>
      <translation>effectif</translation>
    </message>
    <message>
      <source>csv file of “Export corrections of addresses”.</source>
      <translation>Fichier csv de « Exporter les corrections d’adresses ».</translation>
    </message>
    <message>
      <source>csv file, readable by its owner only.</source>
      <translation>Fichier csv, lisible par son seul propriétaire.</translation>
    </message>
    <message>
      <source>data.gouv.fr no longer lists the file {title}: it is taken from its permanent address, and its date is not known.</source>
      <translation>data.gouv.fr ne référence plus le fichier {title} : il est pris à son adresse permanente, et sa date n’est pas connue.</translation>
    </message>
    <message>
      <source>data.gouv.fr: no file of the dataset {dataset} has the expected columns (columns found: {seen}). The list has changed: look for a newer version of Coodiag, or put the file in the data folder.</source>
      <translation>data.gouv.fr : aucun fichier du jeu de données {dataset} n’a les colonnes attendues (colonnes trouvées : {seen}). La liste a changé : cherchez une version plus récente de Coodiag, ou mettez le fichier dans le dossier de données.</translation>
    </message>
    <message>
      <source>data.gouv.fr: the dataset {dataset} has no file of the expected name and format ({match}; {formats}). Download it with a browser into the data folder, or look for a newer version of Coodiag.</source>
      <translation>data.gouv.fr : le jeu de données {dataset} n’a aucun fichier du nom et du format attendus ({match} ; {formats}). Téléchargez-le avec un navigateur dans le dossier de données, ou cherchez une version plus récente de Coodiag.</translation>
    </message>
    <message>
      <source>density</source>
      <translation>densité</translation>
    </message>
    <message>
      <source>description of the questions</source>
      <translation>description des questions</translation>
    </message>
    <message>
      <source>done</source>
      <translation>fait</translation>
    </message>
    <message>
      <source>duplicate the page or the chapter</source>
      <translation>dupliquer la page ou le chapitre</translation>
    </message>
    <message>
      <source>duration</source>
      <translation>durée</translation>
    </message>
    <message>
      <source>département</source>
      <translation>département</translation>
    </message>
    <message>
      <source>each: polygons of each point. merged: one polygon per value for all points. nearest: each place belongs to the point that is nearest to it (engines roads and pgrouting).</source>
      <translation>each : polygones de chaque point. merged : un polygone par valeur pour tous les points. nearest : chaque lieu appartient au point qui en est le plus proche (moteurs roads et pgrouting).</translation>
    </message>
    <message>
      <source>employment zone</source>
      <translation>zone d’emploi</translation>
    </message>
    <message>
      <source>empty</source>
      <translation>vide</translation>
    </message>
    <message>
      <source>export what is still not located</source>
      <translation>exporter ce qui n’est toujours pas localisé</translation>
    </message>
    <message>
      <source>fit (each commune fills its map) or fixed (the same scale for all, so that pages compare). Empty: as in the dossier.</source>
      <translation>fit (chaque commune remplit sa carte) ou fixed (la même échelle pour toutes, pour comparer les pages). Vide : comme dans le dossier.</translation>
    </message>
    <message>
      <source>folder: only the files of the data folder, nothing leaves this machine. online: the public services, completed by the data folder when one is given. auto: the data folder when one is given, else the services.</source>
      <translation>folder : seulement les fichiers du dossier de données, rien ne sort de cette machine. online : les services publics, complétés par le dossier de données s’il est donné. auto : le dossier de données s’il est donné, sinon les services.</translation>
    </message>
    <message>
      <source>from one field to the next, and back</source>
      <translation>d’un champ au suivant, et retour</translation>
    </message>
    <message>
      <source>from the list to the form, to the picture, and back</source>
      <translation>de la liste au formulaire, à l’aperçu, et retour</translation>
    </message>
    <message>
      <source>from the table to the places, to the map, and back</source>
      <translation>du tableau aux lieux, à la carte, puis retour</translation>
    </message>
    <message>
      <source>from {low} to {high}: {count}</source>
      <translation>de {low} à {high} : {count}</translation>
    </message>
    <message>
      <source>from: trips leave the site. to: they go to it, which one-way roads make another thing.</source>
      <translation>from : les trajets partent du site. to : ils y vont, ce que les routes à sens unique rendent différent.</translation>
    </message>
    <message>
      <source>geo.api.gouv.fr does not say where {count} communes are: {codes}. Check the codes, or put their contours (ADMIN EXPRESS of IGN) in the data folder.</source>
      <translation>geo.api.gouv.fr ne dit pas où se trouvent {count} communes : {codes}. Vérifiez les codes, ou mettez leurs contours (ADMIN EXPRESS de l’IGN) dans le dossier de données.</translation>
    </message>
    <message>
      <source>geo.api.gouv.fr gives no name for {count} EPCI: {codes}. Their code is shown in place of their name.</source>
      <translation>geo.api.gouv.fr ne donne pas le nom de {count} EPCI : {codes}. Leur code est montré à la place.</translation>
    </message>
    <message>
      <source>geo.api.gouv.fr gives {count} communes and none of the départements {holes}: its list is incomplete. Try again later, or take the files of Insee (code officiel géographique) in the data folder.</source>
      <translation>geo.api.gouv.fr donne {count} communes, et aucune des départements {holes} : sa liste est incomplète. Réessayez plus tard, ou mettez les fichiers de l’Insee (code officiel géographique) dans le dossier de données.</translation>
    </message>
    <message>
      <source>geo.api.gouv.fr lists {count} codes that are not codes of communes: {codes}. They are left out.</source>
      <translation>geo.api.gouv.fr contient {count} codes qui ne sont pas des codes de communes : {codes}. Ils sont laissés de côté.</translation>
    </message>
    <message>
      <source>geography: communes and contours, always fetched. statistics: census, incomes, births, employers. job_seekers: job seekers (Dares). benefits: recipients of benefits (Caf). private_jobs: private employers and jobs (Urssaf). establishments: active establishments (Sirène). ess: list of the social and solidarity economy. addresses: BAN, about 20 MB by département. roads: BD TOPO, some minutes. districts: priority neighbourhoods (QPV). iris: contours of the IRIS. siae: inclusion enterprises. inclusion: structures and services of data·inclusion, needs a key. france_services: France services houses.</source>
      <translation>geography : communes et contours, toujours téléchargés. statistics : recensement, revenus, naissances, employeurs. job_seekers : demandeurs d’emploi (Dares). benefits : allocataires (Caf). private_jobs : employeurs et emplois privés (Urssaf). establishments : établissements actifs (Sirène). ess : liste de l’économie sociale et solidaire. addresses : BAN, environ 20 Mo par département. roads : BD TOPO, quelques minutes. districts : quartiers prioritaires (QPV). iris : contours des IRIS. siae : structures d’insertion. inclusion : structures et services de data·inclusion, demande une clé. france_services : espaces France services.</translation>
    </message>
    <message>
      <source>give the address up: it stays not located, and is asked no more</source>
      <translation>abandonner l’adresse : elle reste non localisée et n’est plus demandée</translation>
    </message>
    <message>
      <source>given up</source>
      <translation>abandonnée</translation>
    </message>
    <message>
      <source>go to the next problem</source>
      <translation>aller au problème suivant</translation>
    </message>
    <message>
      <source>had on {day}</source>
      <translation>obtenu le {day}</translation>
    </message>
    <message>
      <source>hansen: potential. 2sfca: capacity per person within the reach. e2sfca: the same by bands. apl: the bands of the French APL.</source>
      <translation>hansen : potentiel. 2sfca : capacité par personne dans la portée. e2sfca : la même par tranches. apl : les tranches de l’APL française.</translation>
    </message>
    <message>
      <source>hexagon: hexagons of 1 km. commune: communes (field codgeo of the places). The densest that hold CLUSTER_SHARE of the jobs are taken. points: each place as it is.</source>
      <translation>hexagon : hexagones de 1 km. commune : communes (champ codgeo des lieux). Les plus denses, qui réunissent CLUSTER_SHARE des emplois, sont retenus. points : chaque lieu tel quel.</translation>
    </message>
    <message>
      <source>house style</source>
      <translation>charte graphique</translation>
    </message>
    <message>
      <source>in the commune of their site</source>
      <translation>dans la commune de leur site</translation>
    </message>
    <message>
      <source>in the communes at most {reach} {unit} away</source>
      <translation>dans les communes à {reach} {unit} au plus</translation>
    </message>
    <message>
      <source>in the communes that hold most of them</source>
      <translation>dans les communes qui en tiennent le plus</translation>
    </message>
    <message>
      <source>inclusion enterprises (les emplois de l’inclusion)</source>
      <translation>structures d’insertion (les emplois de l’inclusion)</translation>
    </message>
    <message>
      <source>inclusion enterprises of the département {code}</source>
      <translation>structures d’insertion du département {code}</translation>
    </message>
    <message>
      <source>index</source>
      <translation>indice</translation>
    </message>
    <message>
      <source>isopleth of {threshold} % of the density</source>
      <translation>isoplèthe de {threshold} % de la densité</translation>
    </message>
    <message>
      <source>it has a blend mode, which does not print well</source>
      <translation>il a un mode de fusion, qui s’imprime mal</translation>
    </message>
    <message>
      <source>it is not a style of a vector layer that QGIS saved</source>
      <translation>ce n’est pas un style de couche vectorielle enregistré par QGIS</translation>
    </message>
    <message>
      <source>it is not written in UTF-8</source>
      <translation>il n’est pas écrit en UTF-8</translation>
    </message>
    <message>
      <source>it refuses the questions</source>
      <translation>il refuse les requêtes</translation>
    </message>
    <message>
      <source>it shows a file that is not in it: {name}</source>
      <translation>il montre un fichier qui n’est pas en lui : {name}</translation>
    </message>
    <message>
      <source>it was saved from a layer without {kind}</source>
      <translation>il a été enregistré depuis une couche sans {kind}</translation>
    </message>
    <message>
      <source>its answers cannot be understood</source>
      <translation>ses réponses sont incompréhensibles</translation>
    </message>
    <message>
      <source>its areas lie out of reach of the points</source>
      <translation>ses surfaces sont hors d’atteinte des points</translation>
    </message>
    <message>
      <source>its labels are not “single labels”</source>
      <translation>ses étiquettes ne sont pas des « étiquettes simples »</translation>
    </message>
    <message>
      <source>its rules must keep their labels: “{role}” is missing</source>
      <translation>ses règles doivent garder leurs étiquettes : « {role} » manque</translation>
    </message>
    <message>
      <source>job seekers (Dares, France Travail)</source>
      <translation>demandeurs d’emploi (Dares, France Travail)</translation>
    </message>
    <message>
      <source>layer “{layer}” is not one of {known}</source>
      <translation>la couche « {layer} » n’est pas l’une de {known}</translation>
    </message>
    <message>
      <source>leaves the map</source>
      <translation>quitte la carte</translation>
    </message>
    <message>
      <source>level “{name}” is not one of {known}</source>
      <translation>le niveau « {name} » n’est pas l’un de {known}</translation>
    </message>
    <message>
      <source>line {line}: {reason}</source>
      <translation>ligne {line} : {reason}</translation>
    </message>
    <message>
      <source>lines</source>
      <translation>lignes</translation>
    </message>
    <message>
      <source>map “{map}” is not one of {known}</source>
      <translation>la carte « {map} » n’est pas l’une de {known}</translation>
    </message>
    <message>
      <source>median</source>
      <translation>médiane</translation>
    </message>
    <message>
      <source>move it up, down; a page goes on into the next chapter</source>
      <translation>monter, descendre ; une page passe au chapitre voisin</translation>
    </message>
    <message>
      <source>my_profile</source>
      <translation>mon_profil</translation>
    </message>
    <message>
      <source>national list of the social and solidarity economy</source>
      <translation>liste nationale de l’économie sociale et solidaire</translation>
    </message>
    <message>
      <source>nested: each ring holds the smaller ones. bands: the smaller ones are cut out.</source>
      <translation>nested : chaque anneau contient les plus petits. bands : les plus petits sont découpés.</translation>
    </message>
    <message>
      <source>next step, step before</source>
      <translation>étape suivante, étape précédente</translation>
    </message>
    <message>
      <source>next, previous row</source>
      <translation>ligne suivante, ligne précédente</translation>
    </message>
    <message>
      <source>no address</source>
      <translation>sans adresse</translation>
    </message>
    <message>
      <source>no answer in time</source>
      <translation>pas de réponse à temps</translation>
    </message>
    <message>
      <source>no road lies near</source>
      <translation>aucune route n’est à proximité</translation>
    </message>
    <message>
      <source>none</source>
      <translation>aucune</translation>
    </message>
    <message>
      <source>not applicable</source>
      <translation>sans objet</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>inconnu</translation>
    </message>
    <message>
      <source>nothing can be reached within the values</source>
      <translation>rien ne peut être atteint avec ces valeurs</translation>
    </message>
    <message>
      <source>nothing may follow the end of the document</source>
      <translation>rien ne peut suivre la fin du document</translation>
    </message>
    <message>
      <source>of a cluster of jobs</source>
      <translation>d’un pôle d’emplois</translation>
    </message>
    <message>
      <source>of a site</source>
      <translation>d’un site</translation>
    </message>
    <message>
      <source>of a stop (access to it, not a journey)</source>
      <translation>d’un arrêt (accès à celui-ci, non temps de trajet)</translation>
    </message>
    <message>
      <source>of the clients</source>
      <translation>des clients</translation>
    </message>
    <message>
      <source>of whom in their own commune</source>
      <translation>dont dans leur commune même</translation>
    </message>
    <message>
      <source>of “{field}”</source>
      <translation>de « {field} »</translation>
    </message>
    <message>
      <source>offline: addresses are matched on this machine with BAN files and nothing leaves it. geoplateforme: the national service of the BAN (IGN). addok: a server of your own network, at URL. Both receive the number, street, postcode and commune of each different address, under an identifier without meaning, and nothing else; their number is said before.</source>
      <translation>offline : les adresses sont rapprochées sur cette machine avec des fichiers de la BAN et rien n’en sort. geoplateforme : le service national de la BAN (IGN). addok : un serveur de votre propre réseau, à l’adresse URL. Les deux reçoivent le numéro, la voie, le code postal et la commune de chaque adresse différente, sous un identifiant sans signification, et rien d’autre ; leur nombre est dit avant.</translation>
    </message>
    <message>
      <source>on foot</source>
      <translation>à pied</translation>
    </message>
    <message>
      <source>one of its expressions calls {function}()</source>
      <translation>une de ses expressions appelle {function}()</translation>
    </message>
    <message>
      <source>one of its expressions calls {function}() on another layer</source>
      <translation>une de ses expressions appelle {function}() sur une autre couche</translation>
    </message>
    <message>
      <source>one of its expressions reads @{variable}</source>
      <translation>une de ses expressions lit @{variable}</translation>
    </message>
    <message>
      <source>open a profile of yours</source>
      <translation>ouvrir un de vos profils</translation>
    </message>
    <message>
      <source>own area</source>
      <translation>périmètre à vous</translation>
    </message>
    <message>
      <source>parts whose centre lies in the zone</source>
      <translation>parties dont le centre est dans la zone</translation>
    </message>
    <message>
      <source>people by {grid}</source>
      <translation>population par {grid}</translation>
    </message>
    <message>
      <source>place at the commune</source>
      <translation>placer à la commune</translation>
    </message>
    <message>
      <source>place on the map: a click, or the arrows and Enter; Esc to leave</source>
      <translation>placer sur la carte : un clic, ou les flèches et Entrée ; Échap pour quitter</translation>
    </message>
    <message>
      <source>placed</source>
      <translation>placée</translation>
    </message>
    <message>
      <source>points</source>
      <translation>points</translation>
    </message>
    <message>
      <source>points of people</source>
      <translation>points de population</translation>
    </message>
    <message>
      <source>polygons</source>
      <translation>polygones</translation>
    </message>
    <message>
      <source>priority neighbourhoods (QPV)</source>
      <translation>quartiers prioritaires (QPV)</translation>
    </message>
    <message>
      <source>private employers and jobs (Urssaf)</source>
      <translation>employeurs et emplois privés (Urssaf)</translation>
    </message>
    <message>
      <source>profile</source>
      <translation>profil</translation>
    </message>
    <message>
      <source>rate</source>
      <translation>taux</translation>
    </message>
    <message>
      <source>ready</source>
      <translation>prête</translation>
    </message>
    <message>
      <source>recherche-entreprises: without a key, slow on large territories. sirene-api: with the key of the Sirène API. stock: the national files (about 3 GB), of which only the rows of the territory are kept. auto: sirene-api when a key is known, else recherche-entreprises.</source>
      <translation>recherche-entreprises : sans clé, lent sur un grand territoire. sirene-api : avec la clé de l’API Sirène. stock : les fichiers nationaux (environ 3 Go), dont seules les lignes du territoire sont gardées. auto : sirene-api quand une clé est connue, sinon recherche-entreprises.</translation>
    </message>
    <message>
      <source>recipients of benefits (Caf)</source>
      <translation>allocataires (Caf)</translation>
    </message>
    <message>
      <source>remove the page, the chapter or the indicator chosen</source>
      <translation>retirer la page, le chapitre ou l’indicateur choisi</translation>
    </message>
    <message>
      <source>roads (IGN, BD TOPO)</source>
      <translation>routes (IGN, BD TOPO)</translation>
    </message>
    <message>
      <source>roads: on the road layer ROADS, on this machine. geoplateforme: the national service (IGN, BD TOPO), cars and pedestrians. valhalla: a server of Valhalla, at URL. openrouteservice: the public service with your key, or your own server at URL. pgrouting: a PostgreSQL database with pgRouting. The three services receive the longitude and latitude of the points and nothing else; their number is said before.</source>
      <translation>roads : sur la couche de routes ROADS, sur cette machine. geoplateforme : le service national (IGN, BD TOPO), voitures et piétons. valhalla : un serveur Valhalla, à l’adresse URL. openrouteservice : le service en ligne avec votre clé, ou votre propre serveur à l’adresse URL. pgrouting : une base de données PostgreSQL avec pgRouting. Les trois services reçoivent la longitude et la latitude des points et rien d’autre ; leur nombre est dit avant.</translation>
    </message>
    <message>
      <source>région</source>
      <translation>région</translation>
    </message>
    <message>
      <source>save, save under another name</source>
      <translation>enregistrer, enregistrer sous un autre nom</translation>
    </message>
    <message>
      <source>search</source>
      <translation>rechercher</translation>
    </message>
    <message>
      <source>secret</source>
      <translation>secret</translation>
    </message>
    <message>
      <source>see every place on the map</source>
      <translation>voir tous les lieux sur la carte</translation>
    </message>
    <message>
      <source>see the picture of the page</source>
      <translation>voir l’aperçu de la page</translation>
    </message>
    <message>
      <source>services of the département {code}</source>
      <translation>services du département {code}</translation>
    </message>
    <message>
      <source>sheet “{sheet}” is not one of {known}</source>
      <translation>la fiche « {sheet} » n’est pas l’une de {known}</translation>
    </message>
    <message>
      <source>shows and hides this help</source>
      <translation>montre et cache cette aide</translation>
    </message>
    <message>
      <source>sites</source>
      <translation>sites</translation>
    </message>
    <message>
      <source>something is missing</source>
      <translation>il manque quelque chose</translation>
    </message>
    <message>
      <source>squares of {side} m, by the part of their surface</source>
      <translation>carreaux de {side} m, au prorata de leur surface</translation>
    </message>
    <message>
      <source>stock: the files given, else the national files, which are downloaded once (about 3 GB). recherche-entreprises: without a key, slow on large territories. sirene-api: with the key of the Sirène API (30 requests a minute). auto: the files when some are given, else sirene-api when a key is known, else recherche-entreprises.</source>
      <translation>stock : les fichiers donnés, sinon les fichiers nationaux, qui sont téléchargés une seule fois (environ 3 Go). recherche-entreprises : sans clé, lent sur un grand territoire. sirene-api : avec la clé de l’API Sirène (30 requêtes par minute). auto : les fichiers s’ils sont donnés, sinon sirene-api quand une clé est connue, sinon recherche-entreprises.</translation>
    </message>
    <message>
      <source>structures and services of inclusion (data·inclusion, needs a key)</source>
      <translation>structures et services de l’inclusion (data·inclusion, demande une clé)</translation>
    </message>
    <message>
      <source>structures of the département {code}</source>
      <translation>structures du département {code}</translation>
    </message>
    <message>
      <source>sure</source>
      <translation>sûre</translation>
    </message>
    <message>
      <source>surface: spread evenly over the polygon, or along its roads when there are roads. middle: all at one point inside it.</source>
      <translation>surface : réparties également sur le polygone, ou le long de ses routes quand il y en a. middle : toutes en un point à l’intérieur.</translation>
    </message>
    <message>
      <source>survey</source>
      <translation>enquête</translation>
    </message>
    <message>
      <source>take the place of that number (Enter or double click in the list too)</source>
      <translation>prendre le lieu de ce numéro (Entrée ou double clic dans la liste aussi)</translation>
    </message>
    <message>
      <source>takes what is chosen in a list</source>
      <translation>prend ce qui est choisi dans une liste</translation>
    </message>
    <message>
      <source>texts of the analyst</source>
      <translation>textes de l’analyste</translation>
    </message>
    <message>
      <source>the answer was cut</source>
      <translation>la réponse a été coupée</translation>
    </message>
    <message>
      <source>the colour of “{theme}” is “{colour}”: write # and six signs, such as {example}</source>
      <translation>la couleur de « {theme} » est « {colour} » : écrivez # et six signes, comme {example}</translation>
    </message>
    <message>
      <source>the connection failed</source>
      <translation>la connexion a échoué</translation>
    </message>
    <message>
      <source>the document</source>
      <translation>le document</translation>
    </message>
    <message>
      <source>the family “{family}” is in none of the font files of {folder} (there: {found})</source>
      <translation>la famille « {family} » n’est dans aucun des fichiers de police de {folder} (on y trouve : {found})</translation>
    </message>
    <message>
      <source>the family “{family}” needs its font files (.ttf or .otf) in the folder {folder}</source>
      <translation>la famille « {family} » a besoin de ses fichiers de police (.ttf ou .otf) dans le dossier {folder}</translation>
    </message>
    <message>
      <source>the file is not there any more: {path}</source>
      <translation>le fichier n’est plus là : {path}</translation>
    </message>
    <message>
      <source>the file was received damaged</source>
      <translation>le fichier est arrivé abîmé</translation>
    </message>
    <message>
      <source>the id “{name}” is taken by the project itself (taken: {taken}): choose another one</source>
      <translation>l’identifiant « {name} » est réservé au projet lui-même (réservés : {taken}) : choisissez-en un autre</translation>
    </message>
    <message>
      <source>the id “{name}” must be made of 1 to {most} signs among a–z, 0–9 and _</source>
      <translation>l’identifiant « {name} » doit compter de 1 à {most} signes parmi a–z, 0–9 et _</translation>
    </message>
    <message>
      <source>the indicator “{name}” is not in the catalogue</source>
      <translation>l’indicateur « {name} » n’est pas dans le catalogue</translation>
    </message>
    <message>
      <source>the indicator “{name}” is not in the catalogue (the nearest one: {near})</source>
      <translation>l’indicateur « {name} » n’est pas dans le catalogue (le plus proche : {near})</translation>
    </message>
    <message>
      <source>the key “{key}” is unknown (known: {known})</source>
      <translation>la clé « {key} » est inconnue (connues : {known})</translation>
    </message>
    <message>
      <source>the key “{key}” stands there twice</source>
      <translation>la clé « {key} » y figure deux fois</translation>
    </message>
    <message>
      <source>the layer “{layer}” has no field “{field}” (its fields: {known})</source>
      <translation>la couche « {layer} » n’a pas de champ « {field} » (ses champs : {known})</translation>
    </message>
    <message>
      <source>the layer “{layer}” has no map “{map}” (its maps: {known})</source>
      <translation>la couche « {layer} » n’a pas de carte « {map} » (ses cartes : {known})</translation>
    </message>
    <message>
      <source>the name of an indicator is expected</source>
      <translation>le nom d’un indicateur est attendu</translation>
    </message>
    <message>
      <source>the reading was cancelled</source>
      <translation>la lecture a été annulée</translation>
    </message>
    <message>
      <source>the service asks to slow down</source>
      <translation>le service demande de ralentir</translation>
    </message>
    <message>
      <source>the service has a failure</source>
      <translation>le service est en panne</translation>
    </message>
    <message>
      <source>the text that begins there has no closing quotation mark on its line</source>
      <translation>le texte qui commence là n’a pas de guillemet fermant sur sa ligne</translation>
    </message>
    <message>
      <source>the theme “{theme}” is not one of {known}</source>
      <translation>le thème « {theme} » n’est pas l’un de {known}</translation>
    </message>
    <message>
      <source>the values are beyond what it allows</source>
      <translation>les valeurs dépassent ce qu’il permet</translation>
    </message>
    <message>
      <source>there are too many brackets inside one another</source>
      <translation>il y a trop de crochets ou d’accolades les uns dans les autres</translation>
    </message>
    <message>
      <source>there is a comma too many before “{closing}”</source>
      <translation>il y a une virgule de trop avant « {closing} »</translation>
    </message>
    <message>
      <source>there is no page in it</source>
      <translation>il n’y a aucune page</translation>
    </message>
    <message>
      <source>time: minutes on the roads (needs ROADS). distance: kilometres, on the roads when they are given, else as the crow flies.</source>
      <translation>time : minutes par la route (demande ROADS). distance : kilomètres, par la route si elle est donnée, sinon à vol d’oiseau.</translation>
    </message>
    <message>
      <source>to be mended</source>
      <translation>à corriger</translation>
    </message>
    <message>
      <source>to do</source>
      <translation>à faire</translation>
    </message>
    <message>
      <source>to review</source>
      <translation>à vérifier</translation>
    </message>
    <message>
      <source>under way</source>
      <translation>en cours</translation>
    </message>
    <message>
      <source>undo, redo</source>
      <translation>annuler, rétablir</translation>
    </message>
    <message>
      <source>valhalla: address of the server (empty: http://localhost:8002). openrouteservice: address of your own server, for example http://localhost:8080/ors/v2. pgrouting: the name of a PostgreSQL connection of QGIS, or a connection string (host=… dbname=… user=…); leave the password to AUTHCFG, for this text stays in the history of QGIS. geoplateforme: empty.</source>
      <translation>valhalla : adresse du serveur (vide : http://localhost:8002). openrouteservice : adresse de votre propre serveur, par exemple http://localhost:8080/ors/v2. pgrouting : le nom d’une connexion PostgreSQL de QGIS, ou une chaîne de connexion (host=… dbname=… user=…) ; laissez le mot de passe à AUTHCFG, car ce texte reste dans l’historique de QGIS. geoplateforme : vide.</translation>
    </message>
    <message>
      <source>values: nearest in level. profile: nearest in shape (angle between the deviations from the mean), whatever the level.</source>
      <translation>values : les plus proches par le niveau. profile : les plus proches par la forme (angle entre les écarts à la moyenne), quel que soit le niveau.</translation>
    </message>
    <message>
      <source>without an address: {count}</source>
      <translation>sans adresse : {count}</translation>
    </message>
    <message>
      <source>write a note; Enter keeps it</source>
      <translation>écrire une note ; Entrée la conserve</translation>
    </message>
    <message>
      <source>zoom, in the map; the arrows move it</source>
      <translation>zoomer, dans la carte ; les flèches la déplacent</translation>
    </message>
    <message>
      <source>{classes} classes cannot be told apart on a map: ask for {least} to {most}.</source>
      <translation>{classes} classes ne se distinguent pas sur une carte : demandez-en de {least} à {most}.</translation>
    </message>
    <message>
      <source>{clients_matched} of {clients_given} clients found in the register; target activities: {targets}.</source>
      <translation>{clients_matched} clients sur {clients_given} trouvés au répertoire ; activités recherchées : {targets}.</translation>
    </message>
    <message>
      <source>{code} ({old}) is no longer a commune since {date}: {new} is taken instead.</source>
      <translation>{code} ({old}) n’est plus une commune depuis le {date} : {new} est pris à la place.</translation>
    </message>
    <message>
      <source>{code} is a delegated or associated commune of {name} ({parent}): that commune is taken.</source>
      <translation>{code} est une commune déléguée ou associée de {name} ({parent}) : cette dernière est prise.</translation>
    </message>
    <message>
      <source>{code} is a municipal arrondissement of {name}: the whole commune is taken.</source>
      <translation>{code} est un arrondissement municipal de {name} : la commune entière est prise.</translation>
    </message>
    <message>
      <source>{code} is no longer a commune: {new} is taken instead.</source>
      <translation>{code} n’est plus une commune : {new} est pris à la place.</translation>
    </message>
    <message>
      <source>{column} (recognised)</source>
      <translation>{column} (reconnue)</translation>
    </message>
    <message>
      <source>{count} chosen.</source>
      <translation>Choisis : {count}.</translation>
    </message>
    <message>
      <source>{count} chosen: there is room for {most}.</source>
      <translation>{count} choisis : il y a place pour {most}.</translation>
    </message>
    <message>
      <source>{count} clients have no usable weight in the field {field}: they count for zero.</source>
      <translation>{count} clients n’ont pas de poids utilisable dans le champ {field} : ils comptent pour zéro.</translation>
    </message>
    <message>
      <source>{count} clients live in a commune given to another site than theirs, and are counted with it.</source>
      <translation>{count} clients habitent une commune attribuée à un autre site que le leur, et sont comptés avec cet autre site.</translation>
    </message>
    <message>
      <source>{count} clients name no known site in the field {field} and are given to the nearest one.</source>
      <translation>{count} clients ne nomment aucun site connu dans le champ {field} et sont rattachés au plus proche.</translation>
    </message>
    <message>
      <source>{count} codes of the table are those of communes that merged since, or of arrondissements: their flows are added to those of their commune.</source>
      <translation>{count} codes de la table sont ceux de communes fusionnées depuis, ou d’arrondissements : leurs flux sont ajoutés à ceux de leur commune.</translation>
    </message>
    <message>
      <source>{count} codes of {key} in the tables are in no contour ({first}): communes merged since, or missing.</source>
      <translation>{count} codes de {key} dans les tables n’ont pas de contour ({first}) : communes fusionnées depuis, ou manquantes.</translation>
    </message>
    <message>
      <source>{count} communes</source>
      <translation>{count} communes</translation>
    </message>
    <message>
      <source>{count} communes have no known number in the field {field} ({secret} of them secret): their people are not counted, and their figures are not known.</source>
      <translation>{count} communes n’ont pas de nombre connu dans le champ {field} (dont {secret} secrets) : leurs habitants ne sont pas comptés, et leurs chiffres ne sont pas connus.</translation>
    </message>
    <message>
      <source>{count} communes have the figures that a typology needs: {least} at least.</source>
      <translation>{count} communes ont les chiffres que demande une typologie : il en faut au moins {least}.</translation>
    </message>
    <message>
      <source>{count} contours have a code that is on no list of communes and are not used: {codes}.</source>
      <translation>{count} contours ont un code qui n’est sur aucune liste de communes et ne sont pas utilisés : {codes}.</translation>
    </message>
    <message>
      <source>{count} establishments have no row in {file}.</source>
      <translation>{count} établissements n’ont pas de ligne dans {file}.</translation>
    </message>
    <message>
      <source>{count} files written in {folder}.</source>
      <translation>{count} fichiers écrits dans {folder}.</translation>
    </message>
    <message>
      <source>{count} flows go to or come from a place that is not in the layer of communes: they are in the table, without a line.</source>
      <translation>{count} flux vont vers un lieu absent de la couche des communes ou en viennent : ils sont dans la table, sans tracé.</translation>
    </message>
    <message>
      <source>{count} hexagons whose {prospects} prospects all score zero are left out of the zones.</source>
      <translation>{count} hexagones, dont les {prospects} prospects ont tous un score nul, sont laissés hors des zones.</translation>
    </message>
    <message>
      <source>{count} indicators tell the communes apart: a typology needs {least} at least.</source>
      <translation>{count} indicateurs distinguent les communes : une typologie en demande au moins {least}.</translation>
    </message>
    <message>
      <source>{count} more are in ISSUES.</source>
      <translation>{count} de plus figurent dans ISSUES.</translation>
    </message>
    <message>
      <source>{count} more rows are in the table.</source>
      <translation>{count} autres lignes sont dans la table.</translation>
    </message>
    <message>
      <source>{count} objectives to judge are in {file}.</source>
      <translation>{count} objectifs à juger figurent dans {file}.</translation>
    </message>
    <message>
      <source>{count} observed clients go to a site that their commune cannot reach, or that has no attraction: they are left out of the calibration.</source>
      <translation>{count} clients observés vont à un site que leur commune ne peut pas atteindre, ou qui n’a pas d’attraction : ils sont laissés de côté dans le calage.</translation>
    </message>
    <message>
      <source>{count} of the indicators that territories are compared by are known: {least} at least are needed.</source>
      <translation>{count} des indicateurs qui servent à comparer les territoires sont connus : il en faut au moins {least}.</translation>
    </message>
    <message>
      <source>{count} places kept: they come first, and are asked of nobody.</source>
      <translation>{count} lieux gardés : ils passent d’abord, et ne sont demandés à personne.</translation>
    </message>
    <message>
      <source>{count} places of interest have a point far from their commune: they keep their row, without a point.</source>
      <translation>{count} lieux utiles ont un point loin de leur commune : ils gardent leur ligne, sans point.</translation>
    </message>
    <message>
      <source>{count} places of interest: {located} located, {unlocated} without a point, {several} found in several sources.</source>
      <translation>{count} lieux utiles : {located} localisés, {unlocated} sans point, {several} présents dans plusieurs sources.</translation>
    </message>
    <message>
      <source>{count} points have no usable weight and count for zero.</source>
      <translation>{count} points n’ont pas de poids utilisable et comptent pour zéro.</translation>
    </message>
    <message>
      <source>{count} points lack one ring or all: see the output of failed points for the reasons.</source>
      <translation>{count} points n’ont pas un anneau ou n’en ont aucun : voyez les raisons dans la sortie des points sans isochrone.</translation>
    </message>
    <message>
      <source>{count} points stand on a part of the roads that is cut off from the largest one ({length} km in all): nothing beyond it is reached from there.</source>
      <translation>{count} points se trouvent sur une partie du réseau coupée de la plus grande ({length} km en tout) : rien n’en est atteint au-delà.</translation>
    </message>
    <message>
      <source>{count} polygons hold more than {limit} % of places that lie beyond their value (inside_error up to {most} %): filled holes under {holes} ha may be large for them. A smaller HOLES leaves more of these open.</source>
      <translation>{count} polygones contiennent plus de {limit} % de lieux qui sont au-delà de leur valeur (inside_error jusqu’à {most} %) : les trous comblés, de moins de {holes} ha, sont peut-être grands pour eux. Une valeur plus petite de HOLES en laisse davantage ouverts.</translation>
    </message>
    <message>
      <source>{count} prospects are in communes that the layer of communes does not hold: no zone counts them.</source>
      <translation>{count} prospects sont dans des communes absentes de la couche des communes : aucune zone ne les compte.</translation>
    </message>
    <message>
      <source>{count} roads are left out: {without} without a line that can be projected, {broken} with a coordinate that is no number.</source>
      <translation>{count} routes sont laissées de côté : {without} sans ligne qui puisse être projetée, {broken} avec une coordonnée qui n’est pas un nombre.</translation>
    </message>
    <message>
      <source>{count} rows of the layer {layer} have no known figure in the field {field} ({secret} of them secret): they are left out, not counted as zero.</source>
      <translation>{count} lignes de la couche {layer} n’ont pas de chiffre connu dans le champ {field} (dont {secret} secrètes) : elles sont laissées de côté, et non comptées pour zéro.</translation>
    </message>
    <message>
      <source>{count} rows written. Correct them, then choose “Run them again”.</source>
      <translation>{count} lignes écrites. Corrigez-les, puis choisissez « Relancer ».</translation>
    </message>
    <message>
      <source>{count} services given in the communes by structures from elsewhere are left out.</source>
      <translation>{count} services rendus dans les communes par des structures d’ailleurs sont laissés de côté.</translation>
    </message>
    <message>
      <source>{count} sites have an attraction of zero: they draw nobody.</source>
      <translation>{count} sites ont une attraction nulle : ils n’attirent personne.</translation>
    </message>
    <message>
      <source>{count} sites have no place near a road and take no part: {names}.</source>
      <translation>{count} sites n’ont pas d’emplacement près d’une route et ne comptent pas : {names}.</translation>
    </message>
    <message>
      <source>{count} sites have no point and take no part.</source>
      <translation>{count} sites n’ont pas de point et ne comptent pas.</translation>
    </message>
    <message>
      <source>{count} sites lie farther than {distance} m from any road and take no part.</source>
      <translation>{count} sites sont à plus de {distance} m de toute route et ne comptent pas.</translation>
    </message>
    <message>
      <source>{count} tables to fill in are in {folder}.</source>
      <translation>{count} tableaux à remplir sont dans {folder}.</translation>
    </message>
    <message>
      <source>{count} tables to fill in are in {folder}. Give them in step 4.</source>
      <translation>{count} tableaux à remplir sont dans {folder}. Donnez-les à l’étape 4.</translation>
    </message>
    <message>
      <source>{count} units have more than {most} establishments: {requests} more requests, about {minutes} min.</source>
      <translation>{count} unités légales ont plus de {most} établissements : {requests} requêtes de plus, environ {minutes} min.</translation>
    </message>
    <message>
      <source>{count} units of more than {most} establishments could not be read whole: some of their establishments may be missing. The API Sirène or the stock file has them.</source>
      <translation>{count} unités légales de plus de {most} établissements n’ont pas pu être lues en entier : certains de leurs établissements manquent peut-être. L’API Sirène ou le fichier du stock les a.</translation>
    </message>
    <message>
      <source>{count} zones go beyond the layer of indicators: {least} % of the surface is covered at worst. Their figures are those of the covered part.</source>
      <translation>{count} zones débordent de la couche des indicateurs : au pire, {least} % de la surface est couverte. Leurs chiffres sont ceux de la partie couverte.</translation>
    </message>
    <message>
      <source>{edges} edges of {table} are used ({database}, pgRouting {version}).</source>
      <translation>{edges} arcs de {table} sont utilisés ({database}, pgRouting {version}).</translation>
    </message>
    <message>
      <source>{establishments} establishments: {other_activity} of other activities, {masked} with partial diffusion, {clients} already clients, {structure} of the structure, {unlocated} without a point, {out_of_reach} out of reach, {prospects} prospects.</source>
      <translation>{establishments} établissements : {other_activity} d’une autre activité, {masked} à diffusion partielle, {clients} déjà clients, {structure} de la structure, {unlocated} sans point, {out_of_reach} hors de portée, {prospects} prospects.</translation>
    </message>
    <message>
      <source>{fields} cannot be summed up: a rate or a median of a group is not the mean of those of its parts. Choose fields that count (people, households…).</source>
      <translation>Impossible d’additionner {fields} : le taux ou la médiane d’un groupe n’est pas la moyenne de ceux de ses parties. Choisissez des champs qui comptent (personnes, ménages…).</translation>
    </message>
    <message>
      <source>{files} are in the folder already, perhaps filled in. Choose another folder, or allow to replace them.</source>
      <translation>{files} sont déjà dans le dossier, peut-être remplis. Choisissez un autre dossier, ou autorisez leur remplacement.</translation>
    </message>
    <message>
      <source>{files} official files recognised, of {families} kinds.</source>
      <translation>{files} fichiers officiels reconnus, de {families} sortes.</translation>
    </message>
    <message>
      <source>{file} ({years}) serves {count} of the indicators.</source>
      <translation>{file} ({years}) sert {count} des indicateurs.</translation>
    </message>
    <message>
      <source>{file} cannot be opened as a workbook: it is damaged. Open it in your spreadsheet and save it again.</source>
      <translation>{file} ne peut pas être ouvert comme classeur : il est abîmé. Ouvrez-le dans votre tableur et enregistrez-le de nouveau.</translation>
    </message>
    <message>
      <source>{file} existed and is replaced.</source>
      <translation>{file} existait et est remplacé.</translation>
    </message>
    <message>
      <source>{file} gives several different rows for {codes}: their figures are marked as failed.</source>
      <translation>{file} donne plusieurs lignes différentes pour {codes} : leurs chiffres sont marqués en échec.</translation>
    </message>
    <message>
      <source>{file} has a row per answer but no column of respondents: add one (a number will do), so that the answers of one person are put together.</source>
      <translation>{file} a une ligne par réponse mais pas de colonne des répondants : ajoutez-en une (un numéro suffit), pour que les réponses d’une même personne soient réunies.</translation>
    </message>
    <message>
      <source>{file} has column names but no row below them.</source>
      <translation>{file} a des noms de colonnes, mais aucune ligne en dessous.</translation>
    </message>
    <message>
      <source>{file} has no row for {count} communes: {codes}.</source>
      <translation>{file} n’a pas de ligne pour {count} communes : {codes}.</translation>
    </message>
    <message>
      <source>{file} has no sheet “{sheet}”. Its sheets: {sheets}.</source>
      <translation>{file} n’a pas de feuille « {sheet} ». Ses feuilles : {sheets}.</translation>
    </message>
    <message>
      <source>{file} has the extension of a text table but is a workbook: rename it to .xlsx or .ods.</source>
      <translation>{file} a l’extension d’une table de texte, mais c’est un classeur : renommez-le en .xlsx ou .ods.</translation>
    </message>
    <message>
      <source>{file} has the extension of a workbook but is not one. If it is a text table, rename it to .csv.</source>
      <translation>{file} a l’extension d’un classeur, mais n’en est pas un. Si c’est une table de texte, renommez-la en .csv.</translation>
    </message>
    <message>
      <source>{file} has {count} questions, and a survey may have {most} at most. Keep the columns to be counted, or say “ignorer” of the others in a sheet “Questions”.</source>
      <translation>{file} a {count} questions, et une enquête peut en avoir {most} au plus. Gardez les colonnes à compter, ou dites « ignorer » des autres dans une feuille « Questions ».</translation>
    </message>
    <message>
      <source>{file} has {count} sub-themes: {least} to {most} are needed, one ray of the radar each.</source>
      <translation>{file} a {count} sous-thèmes : il en faut de {least} à {most}, un rayon du radar chacun.</translation>
    </message>
    <message>
      <source>{file} holds an earlier result and no answers: give it as the previous self-evaluation.</source>
      <translation>{file} contient un résultat antérieur et aucune réponse : donnez-le comme auto-évaluation précédente.</translation>
    </message>
    <message>
      <source>{file} is a text table and has no sheet “{sheet}”.</source>
      <translation>{file} est une table de texte et n’a pas de feuille « {sheet} ».</translation>
    </message>
    <message>
      <source>{file} is an old Excel 97 workbook. Save it as xlsx or csv.</source>
      <translation>{file} est un ancien classeur Excel 97. Enregistrez-le en xlsx ou en csv.</translation>
    </message>
    <message>
      <source>{file} is no longer there.</source>
      <translation>{file} n’est plus là.</translation>
    </message>
    <message>
      <source>{file} is not a BAN file: its first line must name the columns numero, nom_voie, code_insee, nom_commune, lon and lat. Take a file adresses-NN.csv.gz of adresse.data.gouv.fr.</source>
      <translation>{file} n’est pas un fichier de la BAN : sa première ligne doit nommer les colonnes numero, nom_voie, code_insee, nom_commune, lon et lat. Prenez un fichier adresses-NN.csv.gz de adresse.data.gouv.fr.</translation>
    </message>
    <message>
      <source>{file} is not a file of corrections. Choose another name in CORRECTIONS.</source>
      <translation>{file} n’est pas un fichier de corrections. Choisissez un autre nom dans CORRECTIONS.</translation>
    </message>
    <message>
      <source>{file} is not a file: give a csv, txt, xlsx or ods file.</source>
      <translation>{file} n’est pas un fichier : donnez un fichier csv, txt, xlsx ou ods.</translation>
    </message>
    <message>
      <source>{file} is not a grid of objectives: a header with theme, sub_theme, id, objective, evidence and weight is needed.</source>
      <translation>{file} n’est pas une grille d’objectifs : il faut un en-tête avec theme, sub_theme, id, objective, evidence et weight.</translation>
    </message>
    <message>
      <source>{file} is not a text table. Give a csv, txt, xlsx or ods file.</source>
      <translation>{file} n’est pas une table de texte. Donnez un fichier csv, txt, xlsx ou ods.</translation>
    </message>
    <message>
      <source>{file} is not an export of corrections: its first line is another one.</source>
      <translation>{file} n’est pas un export de corrections : sa première ligne en est une autre.</translation>
    </message>
    <message>
      <source>{file} is not the run file of a dossier: choose the file {name} that a full diagnosis has written.</source>
      <translation>{file} n’est pas le fichier de lancement d’un dossier : choisissez le fichier {name} qu’un diagnostic complet a écrit.</translation>
    </message>
    <message>
      <source>{file} is of an unknown format. Give a csv, txt, xlsx or ods file.</source>
      <translation>{file} est d’un format inconnu. Donnez un fichier csv, txt, xlsx ou ods.</translation>
    </message>
    <message>
      <source>{file} is of another commune geography than the contours of {year}: set aside.</source>
      <translation>{file} suit une autre géographie communale que les contours de {year} : mis de côté.</translation>
    </message>
    <message>
      <source>{file} is protected by a password. Remove it in your spreadsheet (Save as, without password), then run again.</source>
      <translation>{file} est protégé par un mot de passe. Retirez-le dans votre tableur (Enregistrer sous, sans mot de passe), puis relancez.</translation>
    </message>
    <message>
      <source>{file} is put aside: it gives several different rows for {codes}.</source>
      <translation>{file} est mis de côté : il donne plusieurs lignes différentes pour {codes}.</translation>
    </message>
    <message>
      <source>{file} is put aside: {reason}</source>
      <translation>{file} est mis de côté : {reason}</translation>
    </message>
    <message>
      <source>{file} is refused: its part {part} declares a document type, which no spreadsheet does. Open it in your spreadsheet and save it again.</source>
      <translation>{file} est refusé : sa partie {part} déclare un type de document, ce qu’aucun tableur ne fait. Ouvrez-le dans votre tableur et enregistrez-le à nouveau.</translation>
    </message>
    <message>
      <source>{file} is refused: its part {part} would take {size} MB once unpacked, more than the {largest} MB allowed. Save the table as csv.</source>
      <translation>{file} est refusé : sa partie {part} prendrait {size} Mo une fois décompressée, plus que les {largest} Mo admis. Enregistrez le tableau en csv.</translation>
    </message>
    <message>
      <source>{file} is there already and is the same.</source>
      <translation>{file} existe déjà et est identique.</translation>
    </message>
    <message>
      <source>{file} is there already, perhaps filled in. Choose another name, or allow to replace it.</source>
      <translation>{file} existe déjà, et il est peut-être rempli. Choisissez un autre nom, ou permettez de le remplacer.</translation>
    </message>
    <message>
      <source>{file} must have a column « structure » with the name of each one. Columns seen: {columns}.</source>
      <translation>{file} doit avoir une colonne « structure » avec le nom de chacune. Colonnes vues : {columns}.</translation>
    </message>
    <message>
      <source>{file} must have two columns, « page » and « texte ». Columns seen: {columns}.</source>
      <translation>{file} doit avoir deux colonnes, « page » et « texte ». Colonnes vues : {columns}.</translation>
    </message>
    <message>
      <source>{file} weighs more than {most} MB, too much for what it should be: replace it.</source>
      <translation>{file} pèse plus de {most} Mo, trop pour ce qu’il devrait être : remplacez-le.</translation>
    </message>
    <message>
      <source>{file}, line {line}: the column “{column}” is empty. Fill it or remove the line.</source>
      <translation>{file}, ligne {line} : la colonne « {column} » est vide. Remplissez-la ou retirez la ligne.</translation>
    </message>
    <message>
      <source>{file}, line {line}: the objective “{code}” stands on line {other} already. Give each objective its own id.</source>
      <translation>{file}, ligne {line} : l’objectif « {code} » figure déjà à la ligne {other}. Donnez à chaque objectif son propre id.</translation>
    </message>
    <message>
      <source>{file}, line {line}: the sub-theme “{name}” stands in the theme “{other}” already. Give it one theme only.</source>
      <translation>{file}, ligne {line} : le sous-thème « {name} » figure déjà dans le thème « {other} ». Donnez-lui un seul thème.</translation>
    </message>
    <message>
      <source>{file}, line {line}: the weight “{weight}” is not a number above 0 and up to 100.</source>
      <translation>{file}, ligne {line} : le poids « {weight} » n’est pas un nombre supérieur à 0 et d’au plus 100.</translation>
    </message>
    <message>
      <source>{file}, {sheet}, row {line}: {problem}. {action}.</source>
      <translation>{file}, {sheet}, ligne {line} : {problem}. {action}.</translation>
    </message>
    <message>
      <source>{file}: cells of {column} that are neither a number nor a known sign are marked as failed: {texts}.</source>
      <translation>{file} : les cellules de {column} qui ne sont ni un nombre ni un signe connu sont marquées en échec : {texts}.</translation>
    </message>
    <message>
      <source>{file}: the communes of {codes} could not be told: these neighbourhoods are not counted.</source>
      <translation>{file} : les communes de {codes} n’ont pas pu être déterminées : ces quartiers ne sont pas comptés.</translation>
    </message>
    <message>
      <source>{file}: the figures of {codes} are given together with those of another commune, which they left or joined since: they are not available.</source>
      <translation>{file} : les chiffres de {codes} sont donnés avec ceux d’une autre commune, quittée ou rejointe depuis : ils ne sont pas disponibles.</translation>
    </message>
    <message>
      <source>{file}: {addresses} addresses indexed in {communes} communes, {skipped} rows without name or position left out.</source>
      <translation>{file} : {addresses} adresses indexées dans {communes} communes, {skipped} lignes sans nom ou sans position laissées de côté.</translation>
    </message>
    <message>
      <source>{file}: {codes} lie on several communes; they are not shared out between them.</source>
      <translation>{file} : {codes} s’étendent sur plusieurs communes ; ils ne sont pas répartis entre elles.</translation>
    </message>
    <message>
      <source>{file}: {count} commune codes are on no list of communes and could not be placed: {codes}.</source>
      <translation>{file} : {count} codes de communes ne sont sur aucune liste de communes et n’ont pas pu être placés : {codes}.</translation>
    </message>
    <message>
      <source>{file}: {count} rows name no commune that could be told: they are not counted.</source>
      <translation>{file} : {count} lignes ne nomment aucune commune qui ait pu être déterminée : elles ne sont pas comptées.</translation>
    </message>
    <message>
      <source>{file}: {problem}</source>
      <translation>{file} : {problem}</translation>
    </message>
    <message>
      <source>{file}: {rows_in} rows read, {rows_out} kept, {refused} refused, {duplicates} duplicates left out.</source>
      <translation>{file} : {rows_in} lignes lues, {rows_out} retenues, {refused} refusées, {duplicates} doublons écartés.</translation>
    </message>
    <message>
      <source>{first}, {others}</source>
      <translation>{first}, {others}</translation>
    </message>
    <message>
      <source>{folder} holds no {file}: choose the folder of a dossier whose persons were kept.</source>
      <translation>{folder} ne contient pas {file} : choisissez le dossier d’un diagnostic dont les personnes ont été conservées.</translation>
    </message>
    <message>
      <source>{folder} is a file: choose a folder for the official data.</source>
      <translation>{folder} est un fichier : choisissez un dossier pour les données officielles.</translation>
    </message>
    <message>
      <source>{folder} is a file: choose a folder.</source>
      <translation>{folder} est un fichier : choisissez un dossier.</translation>
    </message>
    <message>
      <source>{folder} is in a dossier or in the plugin: choose another folder for the official data.</source>
      <translation>{folder} se trouve dans un dossier de diagnostic ou dans l’extension : choisissez un autre dossier pour les données officielles.</translation>
    </message>
    <message>
      <source>{inside} people live in the communes ({lost} of them placed in the middle of their commune), {outside} outside.</source>
      <translation>{inside} personnes habitent dans les communes (dont {lost} placées au milieu de leur commune), {outside} en dehors.</translation>
    </message>
    <message>
      <source>{inside} points counted in the communes ({by_code} of them by their commune code only), {outside} outside the territory.</source>
      <translation>{inside} points comptés dans les communes (dont {by_code} d’après leur seul code commune), {outside} hors du territoire.</translation>
    </message>
    <message>
      <source>{label}: this layer is no longer in the project. Choose it again.</source>
      <translation>{label} : cette couche n’est plus dans le projet. Choisissez-la de nouveau.</translation>
    </message>
    <message>
      <source>{label}: {figure}.</source>
      <translation>{label} : {figure}.</translation>
    </message>
    <message>
      <source>{label}: {text}</source>
      <translation>{label} : {text}</translation>
    </message>
    <message>
      <source>{label}: {value}</source>
      <translation>{label} : {value}</translation>
    </message>
    <message>
      <source>{line}</source>
      <translation>{line}</translation>
    </message>
    <message>
      <source>{live} answers were received, {kept} had been kept on this machine (oldest: {day}). To be credited: {attribution} ({licence}).</source>
      <translation>{live} réponses ont été reçues, {kept} étaient déjà gardées sur cette machine (la plus ancienne : {day}). À citer : {attribution} ({licence}).</translation>
    </message>
    <message>
      <source>{minutes} min</source>
      <translation>{minutes} min</translation>
    </message>
    <message>
      <source>{minutes} min {seconds} s</source>
      <translation>{minutes} min {seconds} s</translation>
    </message>
    <message>
      <source>{name} in the folder {folder} is a link to another place: what it leads to is neither read nor written. Remove the link, then do it again.</source>
      <translation>{name}, dans le dossier {folder}, est un lien vers un autre emplacement : rien n’y est lu ni écrit. Supprimez ce lien, puis recommencez.</translation>
    </message>
    <message>
      <source>{name} was {before}, and is {now} now.</source>
      <translation>{name} valait {before}, et vaut {now} maintenant.</translation>
    </message>
    <message>
      <source>{name}: 1 commune</source>
      <translation>{name} : 1 commune</translation>
    </message>
    <message>
      <source>{name}: {count} communes</source>
      <translation>{name} : {count} communes</translation>
    </message>
    <message>
      <source>{name}: {count} communes.</source>
      <translation>{name} : {count} communes.</translation>
    </message>
    <message>
      <source>{number} kinds cannot be told apart on a map: {most} at most. Group them.</source>
      <translation>{number} types ne se distinguent pas sur une carte : {most} au plus. Regroupez-les.</translation>
    </message>
    <message>
      <source>{pages} pages, {indicators} indicators, and a page for each commune.</source>
      <translation>{pages} pages, {indicators} indicateurs, et une page par commune.</translation>
    </message>
    <message>
      <source>{parameter} is not the layer that the dossier was made with: its extent, its number of shapes or its projection differ.</source>
      <translation>{parameter} n’est pas la couche avec laquelle le dossier a été établi : son emprise, son nombre de formes ou sa projection diffèrent.</translation>
    </message>
    <message>
      <source>{parameter} must be a list of numbers separated by commas, for example 5,10,15; “{text}” is not.</source>
      <translation>{parameter} doit être une liste de nombres séparés par des virgules, par exemple 5,10,15 ; « {text} » n’en est pas une.</translation>
    </message>
    <message>
      <source>{parameter} must be ascending percentages above 0 and up to 100, for example 60,80,95; “{text}” is not.</source>
      <translation>{parameter} attend des pourcentages croissants, au-dessus de 0 et jusqu’à 100, par exemple 60,80,95 ; « {text} » n’en est pas.</translation>
    </message>
    <message>
      <source>{parameter}: “{text}” is no file of this machine, nor of the shared folder of the table. Copy it beside the table.</source>
      <translation>{parameter} : « {text} » n’est un fichier ni de cet ordinateur, ni du dossier partagé du tableau. Copiez-le à côté du tableau.</translation>
    </message>
    <message>
      <source>{parameter}: “{text}” is not a number.</source>
      <translation>{parameter} : « {text} » n’est pas un nombre.</translation>
    </message>
    <message>
      <source>{parameter}: “{text}” may be read in two ways, as the comma may part two numbers or a number and its decimals. Write decimals with a point and separate the numbers with commas, for example 2.5,5.</source>
      <translation>{parameter} : « {text} » peut se lire de deux façons, car la virgule peut séparer deux nombres, ou un nombre de ses décimales. Écrivez les décimales avec un point et séparez les nombres par des virgules, par exemple 2.5,5.</translation>
    </message>
    <message>
      <source>{parameter}: “{text}” may be read in two ways, as the space may part the thousands of one number or two numbers. Write each number without spaces and separate them with commas, for example 5000,12500.</source>
      <translation>{parameter} : « {text} » peut se lire de deux façons, car l’espace peut séparer les milliers d’un nombre, ou deux nombres. Écrivez chaque nombre sans espace et séparez-les par des virgules, par exemple 5000,12500.</translation>
    </message>
    <message>
      <source>{people} people go from {homes} communes to {sites} sites; {lost} name no known site{field}.</source>
      <translation>{people} personnes vont de {homes} communes à {sites} sites ; {lost} ne nomment aucun site connu{field}.</translation>
    </message>
    <message>
      <source>{people} within {minutes} min {place}: {shares}.</source>
      <translation>{people} à {minutes} min au plus {place} : {shares}.</translation>
    </message>
    <message>
      <source>{percent} %</source>
      <translation>{percent} %</translation>
    </message>
    <message>
      <source>{place}: the structure is not said. Fill the cell “Structure” above the answers, or give its name as a parameter.</source>
      <translation>{place} : la structure n’est pas indiquée. Remplissez la cellule « Structure » au-dessus des réponses, ou donnez son nom en paramètre.</translation>
    </message>
    <message>
      <source>{problem} This run goes on without keeping it.</source>
      <translation>{problem} Ce lancement continue sans le garder.</translation>
    </message>
    <message>
      <source>{reason}</source>
      <translation>{reason}</translation>
    </message>
    <message>
      <source>{reason} Asked in another form.</source>
      <translation>{reason} La question est posée sous une autre forme.</translation>
    </message>
    <message>
      <source>{role}: {read} rows read = {located} located + {failed} not located + {refused} refused or double.</source>
      <translation>{role} : {read} lignes lues = {located} localisées + {failed} non localisées + {refused} écartées ou en double.</translation>
    </message>
    <message>
      <source>{rows} rows read = {kept} kept + {refused} refused + {twins} duplicates.</source>
      <translation>{rows} lignes lues = {kept} retenues + {refused} écartées + {twins} doublons.</translation>
    </message>
    <message>
      <source>{same} of the {count} official files of the dossier are the same as then.</source>
      <translation>Fichiers officiels du dossier restés les mêmes : {same} sur {count}.</translation>
    </message>
    <message>
      <source>{seconds} s</source>
      <translation>{seconds} s</translation>
    </message>
    <message>
      <source>{service} ({host}) is about to receive at most {addresses} different addresses, of {rows} rows: number, street, postcode and commune, each under an identifier without meaning. No name, reference or other column is sent.</source>
      <translation>{service} ({host}) va recevoir au plus {addresses} adresses différentes, de {rows} lignes : numéro, voie, code postal et commune, chacune sous un identifiant sans signification. Ni nom, ni référence, ni autre colonne n’est envoyé.</translation>
    </message>
    <message>
      <source>{service} ({host}) is about to receive the longitude and latitude of at most {points} points, in {requests} requests. No name or other field is sent.</source>
      <translation>{service} ({host}) va recevoir la longitude et la latitude d’au plus {points} points, en {requests} requêtes. Ni nom ni autre champ n’est envoyé.</translation>
    </message>
    <message>
      <source>{service} announces {told} establishments and gives {received}: the list would be incomplete. Run again later, or take the Sirène stock file.</source>
      <translation>{service} annonce {told} établissements et en donne {received} : la liste serait incomplète. Relancez plus tard, ou prenez le fichier du stock Sirène.</translation>
    </message>
    <message>
      <source>{service} announces {told} units and gives {received}: the list would be incomplete. Take the API Sirène (free key) or the Sirène stock file.</source>
      <translation>{service} annonce {told} unités légales et en donne {received} : la liste serait incomplète. Prenez l’API Sirène (clé gratuite) ou le fichier du stock Sirène.</translation>
    </message>
    <message>
      <source>{service} answers with an error: {detail}. Check the territory and the parameters; if they are right, the service has changed: look for a newer version of Coodiag.</source>
      <translation>{service} répond par une erreur : {detail}. Vérifiez le territoire et les paramètres ; s’ils sont justes, le service a changé : cherchez une version plus récente de Coodiag.</translation>
    </message>
    <message>
      <source>{service} asks to slow down (HTTP {status}: {detail}). Try again in {minutes} min; what was already received is kept.</source>
      <translation>{service} demande de ralentir (HTTP {status} : {detail}). Réessayez dans {minutes} min ; ce qui a déjà été reçu est conservé.</translation>
    </message>
    <message>
      <source>{service} cannot be reached: what it gave on {date} is used ({days} days old). {reason}</source>
      <translation>{service} est injoignable : ce qu’il a donné le {date} est utilisé (il y a {days} jours). {reason}</translation>
    </message>
    <message>
      <source>{service} did not give back the rows that were sent: {missing} missing, {twice} given twice, {unknown} unknown. Nothing of that answer was used. Try again later: what was already located is kept.</source>
      <translation>{service} n’a pas rendu les lignes envoyées : {missing} manquantes, {twice} rendues deux fois, {unknown} inconnues. Rien de cette réponse n’a été utilisé. Réessayez plus tard : ce qui est déjà localisé est conservé.</translation>
    </message>
    <message>
      <source>{service} gave no area for any of the {count} points: {reason} ({detail}). Check the points, the values and the address of the service.</source>
      <translation>{service} n’a donné aucune surface pour les {count} points : {reason} ({detail}). Vérifiez les points, les valeurs et l’adresse du service.</translation>
    </message>
    <message>
      <source>{service} gave no area for any of the {count} points: {reason}. Check that the points lie where the service has roads, and the values.</source>
      <translation>{service} n’a donné aucune surface pour les {count} points : {reason}. Vérifiez que les points se trouvent là où le service a des routes, ainsi que les valeurs.</translation>
    </message>
    <message>
      <source>{service} has a failure of its own (HTTP {status}: {detail}), after {attempts} attempts. Try again later; what was already received is kept.</source>
      <translation>{service} est en panne (HTTP {status} : {detail}), après {attempts} tentatives. Réessayez plus tard ; ce qui a déjà été reçu est conservé.</translation>
    </message>
    <message>
      <source>{service} has no active establishment that matches in this territory.</source>
      <translation>{service} n’a aucun établissement actif qui corresponde dans ce territoire.</translation>
    </message>
    <message>
      <source>{service} needs a key and none was given. Ask the service for one, keep it in QGIS (Settings → Options → Authentication, type API Header) and choose it among the advanced parameters.</source>
      <translation>{service} demande une clé et aucune n’est donnée. Demandez-en une au service, conservez-la dans QGIS (Préférences → Options → Authentification, type API Header) et choisissez-la dans les paramètres avancés.</translation>
    </message>
    <message>
      <source>{service} refuses the key (HTTP {status}: {detail}). Check the key in Settings → Options → Authentication, and its subscription on the site of the service.</source>
      <translation>{service} refuse la clé (HTTP {status} : {detail}). Vérifiez la clé dans Préférences → Options → Authentification, et son abonnement sur le site du service.</translation>
    </message>
    <message>
      <source>{service} refuses the request (HTTP {status}: {detail}). Check the territory and the parameters; if they are right, the service has changed: look for a newer version of Coodiag.</source>
      <translation>{service} refuse la requête (HTTP {status} : {detail}). Vérifiez le territoire et les paramètres ; s’ils sont justes, le service a changé : cherchez une version plus récente de Coodiag.</translation>
    </message>
    <message>
      <source>{service} refuses to export {dataset} in one piece: it is read page by page. {reason}</source>
      <translation>{service} refuse d’exporter {dataset} en une fois : la lecture se fait page par page. {reason}</translation>
    </message>
    <message>
      <source>{service}: a question about {dataset} has {count} rows, more than the service gives at once. Choose a smaller territory, or download the file with a browser into the data folder.</source>
      <translation>{service} : une question sur {dataset} a {count} lignes, plus que le service n’en donne en une fois. Choisissez un territoire plus petit, ou téléchargez le fichier avec un navigateur dans le dossier de données.</translation>
    </message>
    <message>
      <source>{service}: its key cannot be read from the authentication database of QGIS (configuration {authcfg}). Give the master password, or choose another configuration among the advanced parameters.</source>
      <translation>{service} : sa clé ne peut pas être lue dans la base d’authentification de QGIS (configuration {authcfg}). Donnez le mot de passe principal, ou choisissez une autre configuration dans les paramètres avancés.</translation>
    </message>
    <message>
      <source>{service}: its quota is used up, waiting {seconds} s.</source>
      <translation>{service} : quota épuisé, attente de {seconds} s.</translation>
    </message>
    <message>
      <source>{service}: no connection to {host} could be kept, after {attempts} attempts. Check the internet connection, and the proxy in Settings → Options → Network, or try again later.</source>
      <translation>{service} : aucune connexion à {host} n’a tenu, après {attempts} tentatives. Vérifiez la connexion à Internet et le proxy dans Préférences → Options → Réseau, ou réessayez plus tard.</translation>
    </message>
    <message>
      <source>{service}: no server answers at {host}, after {attempts} attempts. Start it, or correct its address.</source>
      <translation>{service} : aucun serveur ne répond à {host}, après {attempts} tentatives. Démarrez-le, ou corrigez son adresse.</translation>
    </message>
    <message>
      <source>{service}: the answer cannot be written on the disk ({detail}). Free some space or choose another folder, then run again: what was already received is kept.</source>
      <translation>{service} : la réponse ne peut pas être écrite sur le disque ({detail}). Libérez de la place ou choisissez un autre dossier, puis relancez : ce qui a déjà été reçu est conservé.</translation>
    </message>
    <message>
      <source>{service}: the answer of {host} cannot be read (encoding {detail}). Look for a newer version of Coodiag.</source>
      <translation>{service} : la réponse de {host} est illisible (encodage {detail}). Cherchez une version plus récente de Coodiag.</translation>
    </message>
    <message>
      <source>{service}: the answer was cut before its end, {attempts} times. Try again later or on a steadier connection; what was already received is kept.</source>
      <translation>{service} : la réponse a été coupée avant la fin, {attempts} fois. Réessayez plus tard ou avec une connexion plus stable ; ce qui a déjà été reçu est conservé.</translation>
    </message>
    <message>
      <source>{service}: the certificate of {host} cannot be trusted ({detail}). Check the date of this computer; on a network that inspects connections, add its authority in Settings → Options → Authentication → Certificates.</source>
      <translation>{service} : le certificat de {host} n’est pas digne de confiance ({detail}). Vérifiez la date de cet ordinateur ; sur un réseau qui inspecte les connexions, ajoutez son autorité dans Préférences → Options → Authentification → Certificats.</translation>
    </message>
    <message>
      <source>{service}: the dataset {dataset} has no field {fields} any more. Look for a newer version of Coodiag, or download the file with a browser into the data folder.</source>
      <translation>{service} : le jeu de données {dataset} n’a plus de champ {fields}. Cherchez une version plus récente de Coodiag, ou téléchargez le fichier avec un navigateur dans le dossier de données.</translation>
    </message>
    <message>
      <source>{service}: the dataset {dataset} has no yearly column any more. Look for a newer version of Coodiag, or download the file with a browser into the data folder.</source>
      <translation>{service} : le jeu de données {dataset} n’a plus de colonnes annuelles. Cherchez une version plus récente de Coodiag, ou téléchargez le fichier avec un navigateur dans le dossier de données.</translation>
    </message>
    <message>
      <source>{service}: the dataset {dataset} holds nothing for the départements {codes}. Check the territory; if it is right, download the file with a browser into the data folder.</source>
      <translation>{service} : le jeu de données {dataset} ne contient rien pour les départements {codes}. Vérifiez le territoire ; s’il est juste, téléchargez le fichier avec un navigateur dans le dossier de données.</translation>
    </message>
    <message>
      <source>{service}: the dates of {dataset} cannot be read. Look for a newer version of Coodiag, or download the file with a browser into the data folder.</source>
      <translation>{service} : les dates de {dataset} sont illisibles. Cherchez une version plus récente de Coodiag, ou téléchargez le fichier avec un navigateur dans le dossier de données.</translation>
    </message>
    <message>
      <source>{service}: the file {detail} was received damaged, {attempts} times. Try again later, or download it with a browser into the data folder.</source>
      <translation>{service} : le fichier {detail} est arrivé abîmé, {attempts} fois. Réessayez plus tard, ou téléchargez-le avec un navigateur dans le dossier de données.</translation>
    </message>
    <message>
      <source>{service}: the key would travel unencrypted to {host}. Give an https address for this service.</source>
      <translation>{service} : la clé serait envoyée en clair à {host}. Donnez une adresse https pour ce service.</translation>
    </message>
    <message>
      <source>{service}: the list of {what} is incomplete ({received} different rows, {total} announced). It probably changed while it was read: run again with CACHE set to refresh.</source>
      <translation>{service} : la liste des {what} est incomplète ({received} lignes différentes, {total} annoncées). Elle a sans doute changé pendant sa lecture : relancez avec CACHE = refresh.</translation>
    </message>
    <message>
      <source>{service}: the name {host} cannot be found. Check the internet connection, and the proxy in Settings → Options → Network.</source>
      <translation>{service} : le nom {host} est introuvable. Vérifiez la connexion à Internet et le proxy dans Préférences → Options → Réseau.</translation>
    </message>
    <message>
      <source>{service}: the name {host} cannot be found. Correct the address of the server, or check that this machine reaches its network.</source>
      <translation>{service} : le nom {host} est introuvable. Corrigez l’adresse du serveur, ou vérifiez que cette machine atteint son réseau.</translation>
    </message>
    <message>
      <source>{service}: the proxy asks for a user name and a password (HTTP 407). Give them in Settings → Options → Network.</source>
      <translation>{service} : le proxy demande un nom d’utilisateur et un mot de passe (HTTP 407). Donnez-les dans Préférences → Options → Réseau.</translation>
    </message>
    <message>
      <source>{service}: the proxy does not let the connection to {host} through. Check it in Settings → Options → Network.</source>
      <translation>{service} : le proxy ne laisse pas passer la connexion à {host}. Vérifiez-le dans Préférences → Options → Réseau.</translation>
    </message>
    <message>
      <source>{service}: this answer is not in the cache and the run is offline. Run once with the network, then offline.</source>
      <translation>{service} : cette réponse n’est pas dans le cache et l’exécution est hors ligne. Lancez une fois avec le réseau, puis hors ligne.</translation>
    </message>
    <message>
      <source>{service}: {count} establishments kept, {repeated} received twice, {closed} closed or elsewhere.</source>
      <translation>{service} : {count} établissements retenus, {repeated} reçus deux fois, {closed} fermés ou situés ailleurs.</translation>
    </message>
    <message>
      <source>{service}: {count} establishments to read in {requests} requests, about {minutes} min.</source>
      <translation>{service} : {count} établissements à lire en {requests} requêtes, environ {minutes} min.</translation>
    </message>
    <message>
      <source>{service}: {count} inclusion enterprises in {departments} départements.</source>
      <translation>{service} : {count} structures d’insertion dans {departments} départements.</translation>
    </message>
    <message>
      <source>{service}: {count} structures, {duplicates} duplicates merged, {services} services.</source>
      <translation>{service} : {count} structures, {duplicates} doublons réunis, {services} services.</translation>
    </message>
    <message>
      <source>{service}: {count} units to read in {requests} more requests, about {minutes} min.</source>
      <translation>{service} : {count} unités légales à lire en {requests} requêtes de plus, environ {minutes} min.</translation>
    </message>
    <message>
      <source>{service}: {dataset} cannot be asked by département: it is asked by lists of communes. The figures of communes merged since the table was made may be incomplete.</source>
      <translation>{service} : {dataset} ne peut pas être demandé par département, mais seulement par listes de communes. Les chiffres des communes fusionnées depuis la création de la table peuvent être incomplets.</translation>
    </message>
    <message>
      <source>{service}: {host} did not answer in time, after {attempts} attempts. Check that the server runs and is not overloaded, then run again; what was already received is kept.</source>
      <translation>{service} : {host} n’a pas répondu à temps, après {attempts} tentatives. Vérifiez que le serveur est démarré et n’est pas surchargé, puis relancez ; ce qui a déjà été reçu est conservé.</translation>
    </message>
    <message>
      <source>{service}: {host} did not answer in time, after {attempts} attempts. Try again later; what was already received is kept.</source>
      <translation>{service} : {host} n’a pas répondu à temps, après {attempts} tentatives. Réessayez plus tard ; ce qui a déjà été reçu est conservé.</translation>
    </message>
    <message>
      <source>{service}: {host} redirects the request to an address that is not safe to follow ({detail}). Check the proxy in Settings → Options → Network, or look for a newer version of Coodiag.</source>
      <translation>{service} : {host} renvoie la requête vers une adresse qu’il n’est pas sûr de suivre ({detail}). Vérifiez le proxy dans Préférences → Options → Réseau, ou cherchez une version plus récente de Coodiag.</translation>
    </message>
    <message>
      <source>{service}: {host} sent a web page instead of data ({detail}). A login page of the network probably stands in between: open a browser, log in, then run again.</source>
      <translation>{service} : {host} a envoyé une page web au lieu de données ({detail}). Une page d’identification du réseau s’interpose sans doute : ouvrez un navigateur, identifiez-vous, puis relancez.</translation>
    </message>
    <message>
      <source>{service}: {kept} of {all} answers are those kept on this machine, the oldest of {date}.</source>
      <translation>{service} : {kept} réponses sur {all} sont celles gardées sur cette machine, la plus ancienne du {date}.</translation>
    </message>
    <message>
      <source>{service}: {reason}. New attempt in {seconds} s ({attempt} of {attempts}).</source>
      <translation>{service} : {reason}. Nouvelle tentative dans {seconds} s ({attempt} sur {attempts}).</translation>
    </message>
    <message>
      <source>{shared} of {offered} units of capacity are shared out; {idle} supplies have nobody within reach. On average {mean} per {per} people who reach a supply.</source>
      <translation>{shared} unités de capacité sur {offered} sont réparties ; {idle} offres n’ont personne à portée. En moyenne, {mean} pour {per} personnes qui atteignent une offre.</translation>
    </message>
    <message>
      <source>{share} % {what}</source>
      <translation>{share} % {what}</translation>
    </message>
    <message>
      <source>{share} {move}</source>
      <translation>{share} {move}</translation>
    </message>
    <message>
      <source>{shown} flows are shown; {hidden} are hidden, because they are of fewer than {least} people or would give another one away.</source>
      <translation>{shown} flux sont montrés ; {hidden} sont masqués, parce qu’ils comptent moins de {least} personnes ou en trahiraient un autre.</translation>
    </message>
    <message>
      <source>{site} – {zone}: {held}.</source>
      <translation>{site} – {zone} : {held}.</translation>
    </message>
    <message>
      <source>{site}: {target} of “{variable}” aimed at, {value} within {reach} {unit}.</source>
      <translation>{site} : {target} « {variable} » visés, {value} à {reach} {unit} au plus.</translation>
    </message>
    <message>
      <source>{site}: {target} of “{variable}” not reached, {value} in all within reach.</source>
      <translation>{site} : {target} « {variable} » non atteints, {value} en tout à portée.</translation>
    </message>
    <message>
      <source>{structure} is not in the previous self-evaluation: it is not compared.</source>
      <translation>{structure} n’est pas dans l’auto-évaluation précédente : aucune comparaison n’est faite.</translation>
    </message>
    <message>
      <source>{structure}, {territory}: {pages} pages, {day}.</source>
      <translation>{structure}, {territory} : {pages} pages, {day}.</translation>
    </message>
    <message>
      <source>{structure}: no comparison. The previous answers are these ones but for fewer than {least} sheets: the difference of the means would tell what these few respondents said.</source>
      <translation>{structure} : pas de comparaison. Les réponses précédentes sont les mêmes à moins de {least} fiches près : la différence des moyennes dirait ce que ces quelques répondants ont répondu.</translation>
    </message>
    <message>
      <source>{structure}: only themes are compared. The previous result has nearly as many respondents, or does not say how many: if they are the same people, sub-themes would tell what the others said.</source>
      <translation>{structure} : seuls les thèmes sont comparés. Le résultat précédent a presque autant de répondants, ou ne dit pas combien : si ce sont les mêmes personnes, les sous-thèmes diraient ce que les autres ont répondu.</translation>
    </message>
    <message>
      <source>{structure}: the dossier {folder} is made.</source>
      <translation>{structure} : le dossier {folder} est établi.</translation>
    </message>
    <message>
      <source>{structure}: the dossier {folder} was made from the same files, it is left as it is.</source>
      <translation>{structure} : le dossier {folder} a été établi avec les mêmes fichiers, il est laissé tel quel.</translation>
    </message>
    <message>
      <source>{structure}: two respondents only, each can find the answers of the other in the means.</source>
      <translation>{structure} : deux répondants seulement, chacun peut retrouver les réponses de l’autre dans les moyennes.</translation>
    </message>
    <message>
      <source>{threshold} % {what}, not reached</source>
      <translation>{threshold} % {what}, non atteint</translation>
    </message>
    <message>
      <source>{time} in all.</source>
      <translation>{time} en tout.</translation>
    </message>
    <message>
      <source>{title} (1 page)</source>
      <translation>{title} (1 page)</translation>
    </message>
    <message>
      <source>{title} ({count} pages)</source>
      <translation>{title} ({count} pages)</translation>
    </message>
    <message>
      <source>{title}: the Géoplateforme WFS has nothing in the extent of the territory.</source>
      <translation>{title} : le WFS de la Géoplateforme n’a rien dans l’emprise du territoire.</translation>
    </message>
    <message>
      <source>{title}: {count} objects lie in the extent of the territory, more than the {most} that the service may be asked for. Download the file of IGN into the data folder, or choose a smaller territory.</source>
      <translation>{title} : {count} objets se trouvent dans l’emprise du territoire, plus que les {most} qui peuvent être demandés au service. Téléchargez le fichier de l’IGN dans le dossier de données, ou choisissez un territoire plus petit.</translation>
    </message>
    <message>
      <source>{title}: {method}</source>
      <translation>{title} : {method}</translation>
    </message>
    <message>
      <source>{total} rows = {address} at the address + {street} at the street + {place} at a named place + {town} at the commune + {failed} not located.</source>
      <translation>{total} lignes = {address} à l’adresse + {street} à la voie + {place} au lieu-dit + {town} à la commune + {failed} non localisées.</translation>
    </message>
    <message>
      <source>{tried} rows tried, of {asked}; {doubtful} with a remark.</source>
      <translation>{tried} lignes essayées sur {asked} ; {doubtful} avec une remarque.</translation>
    </message>
    <message>
      <source>{type}: {rule}</source>
      <translation>{type} : {rule}</translation>
    </message>
    <message>
      <source>{units}.{cents}</source>
      <translation>{units},{cents}</translation>
    </message>
    <message>
      <source>{value} {unit}: {area} km² from {points} points together; wrong places: {inside} inside, {outside} outside.</source>
      <translation>{value} {unit} : {area} km² depuis {points} points réunis ; lieux du mauvais côté : {inside} dedans, {outside} dehors.</translation>
    </message>
    <message>
      <source>{value} {unit}: {area} km² in {count} polygons for {points} points; wrong places: {inside} inside, {outside} outside.</source>
      <translation>{value} {unit} : {area} km² en {count} polygones pour {points} points ; lieux du mauvais côté : {inside} dedans, {outside} dehors.</translation>
    </message>
    <message>
      <source>{year}-{month}-{day}</source>
      <translation>{day}/{month}/{year}</translation>
    </message>
    <message>
      <source>“{code}” in the field {field} of the layer of communes is not a commune code: write for example 35238.</source>
      <translation>« {code} », dans le champ {field} de la couche des communes, n’est pas un code de commune : écrivez par exemple 35238.</translation>
    </message>
    <message>
      <source>“{code}” is not a {level} code: write for example {example}.</source>
      <translation>« {code} » n’est pas un code {level} : écrivez par exemple {example}.</translation>
    </message>
    <message>
      <source>“{code}” is not an activity code: write for example N, 81, 81.2 or 81.21Z.</source>
      <translation>« {code} » n’est pas un code d’activité : écrivez par exemple N, 81, 81.2 ou 81.21Z.</translation>
    </message>
    <message>
      <source>“{code}” is not the identifier of a square of Insee’s grid, such as CRS3035RES200mN2029800E4252400.</source>
      <translation>« {code} » n’est pas l’identifiant d’un carreau de la grille de l’Insee, comme CRS3035RES200mN2029800E4252400.</translation>
    </message>
    <message>
      <source>“{column}” is called “{field}”, but its contents are not: it is not used.</source>
      <translation>« {column} » s’appelle « {field} », mais son contenu n’en est pas : elle n’est pas utilisée.</translation>
    </message>
    <message>
      <source>“{column}” was taken for “{field}” by its contents: check it below.</source>
      <translation>« {column} » a été prise pour « {field} » d’après son contenu : vérifiez-la ci-dessous.</translation>
    </message>
    <message>
      <source>“{key}” has room for {most} names</source>
      <translation>« {key} » n’a de place que pour {most} noms</translation>
    </message>
    <message>
      <source>“{key}” has room for {most} signs</source>
      <translation>« {key} » n’a de place que pour {most} signes</translation>
    </message>
    <message>
      <source>“{key}” holds a control character ({sign}) that cannot be printed: take it out</source>
      <translation>« {key} » contient un caractère de contrôle ({sign}) qui ne peut pas être imprimé : retirez-le</translation>
    </message>
    <message>
      <source>“{key}” is missing</source>
      <translation>« {key} » manque</translation>
    </message>
    <message>
      <source>“{key}” is missing at the top of the profile: it says by which indicators similar territories are found</source>
      <translation>« {key} » manque en tête du profil : c’est elle qui dit par quels indicateurs se trouvent les territoires semblables</translation>
    </message>
    <message>
      <source>“{key}” is missing, a sheet “{sheet}” needs it</source>
      <translation>« {key} » manque, une fiche « {sheet} » en a besoin</translation>
    </message>
    <message>
      <source>“{key}” is missing, map “{map}” needs it</source>
      <translation>« {key} » manque, la carte « {map} » en a besoin</translation>
    </message>
    <message>
      <source>“{key}” must be a list […]</source>
      <translation>« {key} » doit être une liste […]</translation>
    </message>
    <message>
      <source>“{key}” must be a text</source>
      <translation>« {key} » doit être un texte</translation>
    </message>
    <message>
      <source>“{key}” must be a whole number from {least} to {most}</source>
      <translation>« {key} » doit être un nombre entier de {least} à {most}</translation>
    </message>
    <message>
      <source>“{key}”: the file {name} is not in the folder</source>
      <translation>« {key} » : le fichier {name} n’est pas dans le dossier</translation>
    </message>
    <message>
      <source>“{kind}” is not a kind of place of interest. Kinds: {kinds}.</source>
      <translation>« {kind} » n’est pas un type de lieu utile. Types : {kinds}.</translation>
    </message>
    <message>
      <source>“{label}” has figures under zero: circles show counts only. Use a choropleth.</source>
      <translation>« {label} » a des chiffres inférieurs à zéro : les cercles ne montrent que des effectifs. Prenez des plages de couleur.</translation>
    </message>
    <message>
      <source>“{label}” is a count: shading it would mislead. Use circles, or a rate.</source>
      <translation>« {label} » est un effectif : des plages de couleur tromperaient. Prenez des cercles, ou un taux.</translation>
    </message>
    <message>
      <source>“{method}” is not a classification method. Use one of {known}.</source>
      <translation>« {method} » n’est pas une méthode de discrétisation. Prenez l’une de {known}.</translation>
    </message>
    <message>
      <source>“{name}” ({kind}) does not fit a chart “{chart}”, which takes: {known}</source>
      <translation>« {name} » ({kind}) ne convient pas à un graphique « {chart} », qui prend : {known}</translation>
    </message>
    <message>
      <source>“{name}” and “{first}” have not one unit or whole, so that a chart “{chart}” cannot show both</source>
      <translation>« {name} » et « {first} » n’ont pas la même unité ou le même ensemble : un graphique « {chart} » ne peut pas montrer les deux</translation>
    </message>
    <message>
      <source>“{name}” cannot be the name of a table or of a column: letters, figures, spaces, _ and - only.</source>
      <translation>« {name} » ne peut pas être le nom d’une table ou d’une colonne : lettres, chiffres, espaces, _ et - seulement.</translation>
    </message>
    <message>
      <source>“{name}” cannot be the subject of a map “{map}”: counts are drawn as circles, rates and indices as shades</source>
      <translation>« {name} » ne peut pas être le sujet d’une carte « {map} » : les effectifs se montrent par des cercles, les taux et les indices par des plages de couleur</translation>
    </message>
    <message>
      <source>“{name}” is {key} ({found}).</source>
      <translation>« {name} » est {key} ({found}).</translation>
    </message>
    <message>
      <source>“{name}” names several territories: {choices}. Write the code of the one you mean.</source>
      <translation>« {name} » désigne plusieurs territoires : {choices}. Écrivez le code de celui que vous voulez.</translation>
    </message>
    <message>
      <source>“{name}” stands there twice</source>
      <translation>« {name} » y figure deux fois</translation>
    </message>
    <message>
      <source>“{note}”</source>
      <translation>« {note} »</translation>
    </message>
    <message>
      <source>“{part}” is not a weight: write for example naf=1, size=0.5, cost=1, saturation=1 (0 to 10).</source>
      <translation>« {part} » n’est pas un poids : écrivez par exemple naf=1, size=0.5, cost=1, saturation=1 (de 0 à 10).</translation>
    </message>
    <message>
      <source>“{role}” is not a role. Roles: {roles}.</source>
      <translation>« {role} » n’est pas un rôle. Rôles : {roles}.</translation>
    </message>
    <message>
      <source>“{text}” is no value of {parameter}. Write one of: {known}.</source>
      <translation>« {text} » n’est pas une valeur de {parameter}. Écrivez l’une de celles-ci : {known}.</translation>
    </message>
    <message>
      <source>“{text}” is no whole number between {minimum} and {maximum}.</source>
      <translation>« {text} » n’est pas un nombre entier entre {minimum} et {maximum}.</translation>
    </message>
    <message>
      <source>“{text}” is none of the words that it takes: {options}.</source>
      <translation>« {text} » n’est aucun des mots admis : {options}.</translation>
    </message>
    <message>
      <source>“{text}” is not a date: write it as 2026-03-31.</source>
      <translation>« {text} » n’est pas une date : écrivez-la sous la forme 2026-03-31.</translation>
    </message>
    <message>
      <source>“{text}” is not a list of breaks: write for example 5;7.5;10.</source>
      <translation>« {text} » n’est pas une liste de bornes : écrivez par exemple 5;7,5;10.</translation>
    </message>
    <message>
      <source>“{text}” is not a list of weights: write for example 1,0.68,0.22 or 1,2/3,1/3.</source>
      <translation>« {text} » n’est pas une liste de poids : écrivez par exemple 1,0.68,0.22 ou 1,2/3,1/3.</translation>
    </message>
    <message>
      <source>“{text}” is not a web address: write it as https://example.org.</source>
      <translation>« {text} » n’est pas une adresse web : écrivez-la comme https://example.org.</translation>
    </message>
    <message>
      <source>“{text}”: write ascending percentages above 0 and up to 100, separated by commas, for example 60,80,95.</source>
      <translation>« {text} » : écrivez des pourcentages croissants, au-dessus de 0 et jusqu’à 100, séparés par des virgules, par exemple 60,80,95.</translation>
    </message>
    <message>
      <source>“{title}”</source>
      <translation>« {title} »</translation>
    </message>
    <message>
      <source>“{url}” is not the address of a server: write it as https://addok.example or http://localhost:7878.</source>
      <translation>« {url} » n’est pas l’adresse d’un serveur : écrivez-la sous la forme https://addok.example ou http://localhost:7878.</translation>
    </message>
    <message>
      <source>“{url}” is not the address of a server: write it as https://valhalla.example or http://localhost:8002.</source>
      <translation>« {url} » n’est pas l’adresse d’un serveur : écrivez-la sous la forme https://valhalla.example ou http://localhost:8002.</translation>
    </message>
    <message>
      <source>• if you have them, the spreadsheets of your sites, clients and beneficiaries, with their addresses. You can drop them here.</source>
      <translation>• si vous les avez, des tableaux de vos sites, clients et bénéficiaires, avec leurs adresses. Vous pouvez les déposer ici.</translation>
    </message>
    <message>
      <source>• the name of the territory;</source>
      <translation>• du nom du territoire ;</translation>
    </message>
    <message>
      <source>↑, ↓ in the steps</source>
      <translation>↑, ↓ dans les étapes</translation>
    </message>
  </context>
</TS>
