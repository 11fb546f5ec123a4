"""Broad name lists for augmentation, written for this recipe from general knowledge.

The rarer names of the project's sample article (its Tajik outlets, journal, valley, ministers) are
left out on purpose, so that the article stays a test of what the model learned from the others.
"""

AGENCIES = """
Interfax; RIA-Novosti; RIA Novosti; ITAR-TASS; TASS; Regnum; Rosbalt; Ekho Moskvy; Gazeta.ru; Lenta.ru; RBC;
Interfax-AVN; Interfax-Ukraine; Interfax-Kazakhstan; UNIAN; Ukrinform; UNN; Ukrainska Pravda; LIGA; BelTA;
Belapan; Charter 97; Basapress; Moldpres; Infotag; Kabar; AKIpress; 24.kg; Kazinform;
Kazakhstan Today; KazTAG; Tengrinews; Zakon.kz; UzA; Uzreport; Ferghana.ru; Fergana.news; Turkmen Dovlet Habarlary;
Turkmenistan.ru; Trend; APA; Azertac; Turan; Day.az; 1news.az; Armenpress; Arminfo; Noyan Tapan; Mediamax; ARKA;
PanARMENIAN; Civil Georgia; Prime News; Caucasus Press; InterPressNews; Rustavi-2; Imedi; Kavkaz-Uzel;
Caucasian Knot; Kavkaz Center; NewsTeam; Ava-press; Sarbaz; Pajhwok; Pajhwok Afghan News; Bakhtar; TOLOnews;
Khaama Press; Ariana News; IRNA; ISNA; Fars; Fars News Agency; Mehr; Tasnim; Press TV; Al Alam; SANA; NINA; INA; WAFA;
Ma'an; MENA; KUNA; QNA; WAM; SPA; BNA; Petra; NNA; Saba; Al-Masirah; Al Jazeera; Al-Arabiya; Al Hayat; Asharq al-Awsat;
Al-Ahram; Al Akhbar; An-Nahar; Naharnet; Haaretz; Ynet; Maariv; Yediot Aharonot; Jerusalem Post; Anadolu Agency; Anadolu;
Hurriyet; Milliyet; Cumhuriyet; Zaman; Sabah; Cihan; DHA; Xinhua; People's Daily; Global Times; China Daily; CCTV; Caixin;
South China Morning Post; Ta Kung Pao; Ming Pao; CNA; Kyodo; Kyodo News; Jiji Press; NHK; Asahi Shimbun; Yomiuri Shimbun;
Mainichi Shimbun; Nikkei; Yonhap; KCNA; Rodong Sinmun; Chosun Ilbo; JoongAng Ilbo; Korea Herald; Montsame; PTI; ANI; IANS;
The Hindu; Times of India; Indian Express; Dawn; The News; APP; Geo News; ARY News; Jang; Daily Times; UNB; BSS;
Daily Star; Prothom Alo; Lankadeepa; Colombo Page; Kuensel; Antara; Kompas; Tempo; Jakarta Post; Bernama; Straits Times;
Malaysiakini; Bangkok Post; The Nation; VNA; Vietnam News Agency; Irrawaddy; Mizzima; Phnom Penh Post; Rappler;
Philippine Daily Inquirer; Reuters; AFP; Agence France-Presse; AP; Associated Press; UPI; Bloomberg; Dow Jones; DPA; dpa;
EFE; ANSA; Lusa; APA-OTS; ATS; Belga; ANP; Ritzau; TT; NTB; STT; BNS; LETA; ELTA; PAP; CTK; TASR; SITA; MTI; Agerpres;
Mediafax; BTA; Tanjug; Beta; FoNet; HINA; FENA; SRNA; STA; MIA; Makfax; ATA; ANA; ANA-MPA; CNA Cyprus; BBC; BBC News;
BBC Monitoring; Sky News; ITV; CNN; Fox News; CBS News; NBC News; ABC News; NPR; PBS; VOA; Voice of America; RFE/RL;
Radio Free Europe; Radio Liberty; Radio Free Asia; Radio Ozodi; Radio Azattyk; Deutsche Welle; Euronews; France 24; RFI;
Le Monde; Le Figaro; Liberation; Der Spiegel; Die Welt; Die Zeit; Bild; Frankfurter Allgemeine Zeitung; Handelsblatt;
El Pais; El Mundo; La Vanguardia; Corriere della Sera; La Repubblica; La Stampa; Il Sole 24 Ore; Politico; Axios;
The Guardian; The Times; Financial Times; Daily Telegraph; The Independent; The Economist; New York Times;
The New York Times; Washington Post; Wall Street Journal; Los Angeles Times; USA Today; Foreign Policy; Newsweek; Time;
Jane's Defence Weekly; Jane's Intelligence Review; Defense News; Stars and Stripes; Krasnaya Zvezda; Izvestia; Izvestiya;
Kommersant; Vedomosti; Nezavisimaya Gazeta; Novaya Gazeta; Rossiyskaya Gazeta; Komsomolskaya Pravda; Moskovsky Komsomolets;
Moskovskiye Novosti; Trud; Pravda; Vremya Novostei; Gazeta; Argumenty i Fakty; Profil; Itogi; Literaturnaya Gazeta;
NTV; ORT; RTR; Channel One; Rossiya-24; TV Tsentr; Ren TV; Dozhd; Meduza; Zerkalo Nedeli; Den; Kyiv Post; Fakty; 5 Kanal;
Zaman-Kirghizstan; Vecherniy Bishkek; Slovo Kyrgyzstana; MSN; Delo No; Ekspress-K; Panorama; Liter; Vremya; Navigator;
Gazeta Wyborcza; Rzeczpospolita; Lidove Noviny; Mlada Fronta Dnes; Sme; Magyar Nemzet; Nepszabadsag; Adevarul; Evenimentul Zilei;
Dnevnik; Trud Daily; Glas Slavonije; Glas Srpske; Glas Amerike; Politika; Vecernje Novosti; Danas; B92; Vreme; Jutarnji List; Vecernji List; Oslobodjenje; Dnevni Avaz;
Koha Ditore; Zeri; Shekulli; Kathimerini; Ta Nea; To Vima; Phileleftheros; NAN; This Day; Vanguard; Punch; Daily Trust;
Premium Times; Ghana News Agency; GNA; SAPA; Mail & Guardian; News24; The Star; Daily Nation; The Standard; New Vision;
Daily Monitor; The East African; Addis Standard; Addis Fortune; ENA; Walta; Sudan Tribune; SUNA; Shabelle; Garowe Online;
Hiiraan Online; Radio Dabanga; Radio Okapi; MAP; TAP; APS; LANA; Libya Herald; El Watan; Notimex; Reforma; El Universal;
La Jornada; Granma; Prensa Latina; El Nacional; El Tiempo; Semana; El Comercio; La Republica; Folha de S. Paulo;
O Globo; O Estado de S. Paulo; Agencia Brasil; Clarin; La Nacion; Telam; El Mercurio; La Tercera; Globe and Mail; Toronto Star;
Canadian Press; CBC; AAP; Sydney Morning Herald; The Australian; The Age; New Zealand Herald; Radio New Zealand
"""

JOURNALS = """
Terrorism Monitor; China Brief; Jamestown Foundation Monitor; Eurasia Insight; Russia Matters;
Transitions Online; Oxford Analytica; Stratfor; Jane's Intelligence Digest; Foreign Affairs; International Security;
Survival; Orbis; Parameters; Military Review; Naval War College Review; Joint Force Quarterly; The National Interest;
Current History; Washington Quarterly; Middle East Policy; Middle East Report; Central Asia-Caucasus Analyst;
Caucasus Analytical Digest; Russian Analytical Digest; Asian Survey; Pacific Review; Africa Confidential;
Africa Research Bulletin; Latin American Weekly Report; Security Dialogue; War on the Rocks; Lawfare; The Diplomat;
Asia Times; Nikkei Asia; Global Voices; Balkan Insight; Moscow Defense Brief; Militant Leadership Monitor;
North Caucasus Weekly; Chechnya Weekly; Recent Trends Monitor; EU Observer; Arms Control Today; Defence Monitor;
Strategic Survey; Gulf States Newsletter; Israel Defense; Horn of Africa Bulletin; Kurdistan Observer; Baltic Times
"""

ALLIANCES = """
North Atlantic Treaty Organization|NATO; Shanghai Cooperation Organization|SCO; Collective Security Treaty Organization|CSTO;
Commonwealth of Independent States|CIS; Eurasian Economic Union|EAEU; Eurasian Economic Community|EurAsEC; European Union|EU;
United Nations|UN; Organization for Security and Cooperation in Europe|OSCE; Council of Europe|CoE; African Union|AU;
Arab League|AL; League of Arab States|LAS; Gulf Cooperation Council|GCC; Organization of Islamic Cooperation|OIC;
Association of Southeast Asian Nations|ASEAN; South Asian Association for Regional Cooperation|SAARC;
Economic Community of West African States|ECOWAS; Southern African Development Community|SADC; East African Community|EAC;
Intergovernmental Authority on Development|IGAD; Organization of American States|OAS; Union of South American Nations|UNASUR;
International Atomic Energy Agency|IAEA; International Monetary Fund|IMF; World Trade Organization|WTO;
World Health Organization|WHO; Organization of the Petroleum Exporting Countries|OPEC;
Organization for the Prohibition of Chemical Weapons|OPCW; International Committee of the Red Cross|ICRC;
International Criminal Court|ICC; World Food Programme|WFP; European Bank for Reconstruction and Development|EBRD;
Asian Development Bank|ADB; Black Sea Economic Cooperation|BSEC; Central Asian Cooperation Organization|CACO;
International Security Assistance Force|ISAF; Kosovo Force|KFOR; United Nations High Commissioner for Refugees|UNHCR;
Federal Security Service|FSB; Foreign Intelligence Service|SVR; Main Intelligence Directorate|GRU; National Security Agency|NSA;
Central Intelligence Agency|CIA; Federal Bureau of Investigation|FBI; Inter-Services Intelligence|ISI;
Security Service of Ukraine|SBU; State Committee for National Security|GKNB; Committee of National Security|KNB;
Islamic Revolutionary Guard Corps|IRGC; People's Liberation Army|PLA; Israel Defense Forces|IDF; Syrian Democratic Forces|SDF;
Free Syrian Army|FSA; Kurdistan Workers' Party|PKK; People's Protection Units|YPG; Islamic Movement of Uzbekistan|IMU;
Islamic Renaissance Party of Tajikistan|IRPT; United Tajik Opposition|UTO; Liberation Tigers of Tamil Eelam|LTTE;
Revolutionary Armed Forces of Colombia|FARC; National Liberation Army|ELN; Lord's Resistance Army|LRA;
Kosovo Liberation Army|KLA; Irish Republican Army|IRA; Tehrik-i-Taliban Pakistan|TTP; East Turkestan Islamic Movement|ETIM;
Palestine Liberation Organization|PLO; Palestinian Authority|PA; Popular Front for the Liberation of Palestine|PFLP;
Islamic State of Iraq and Syria|ISIS; Al-Qaeda in the Islamic Maghreb|AQIM; Caspian Pipeline Consortium|CPC;
Organization of Democracy and Economic Development|GUAM; European Court of Human Rights|ECHR; European Commission|EC;
Pan African Congress|PAC; International Crisis Group|ICG; Human Rights Watch|HRW; Amnesty International|AI;
Center for Strategic and International Studies|CSIS; International Institute for Strategic Studies|IISS;
State Oil Company of Azerbaijan|SOCAR; Russian Railways|RZD; China National Petroleum Corporation|CNPC
"""

GROUPS = """
Hizb ut-Tahrir; al-Qaeda; Al-Qaida; Taliban; Hamas; Hezbollah; Hizbullah; Fatah; Islamic Jihad; al-Shabaab;
Boko Haram; Jabhat al-Nusra; Ahrar al-Sham; Lashkar-e-Taiba; Jaish-e-Mohammed; Haqqani Network; Jemaah Islamiyah; Abu Sayyaf;
Tablighi Jamaat; Akromiya; Muslim Brotherhood; Quds Force; Basij; Peshmerga; Wagner; Wagner Group; Rosoboronexport; Gazprom;
Rosneft; Lukoil; Transneft; Rosatom; Almaz-Antey; Sukhoi; MiG; Uralvagonzavod; Norinco; Huawei; CNOOC; Sinopec; KazMunaiGas;
Naftogaz; Ukroboronprom; Kremlin; Duma; State Duma; Federation Council; Verkhovna Rada; Majlis; Knesset; Bundestag; Sejm;
Congress; Senate; House of Representatives; Pentagon; State Department; White House; Security Council; UN Security Council;
National Security Council; Supreme Court; Constitutional Court; Central Election Commission; General Staff; Border Service;
National Guard; Interior Troops; Black Sea Fleet; Caspian Flotilla; Northern Fleet; Spetsnaz; Alpha; SOBR; OMON; Navy; Army;
Air Force; Strategic Rocket Forces; Airborne Forces; Coast Guard; Revolutionary Guard; Democratic Party; Republican Party;
Labour Party; Conservative Party; United Russia; Yabloko; Communist Party; Party of Regions; Batkivshchyna; Nur Otan; Ak Jol;
Likud; Kadima; AKP; Fidesz; Law and Justice; Syriza; Podemos; Bharatiya Janata Party; Congress Party; Awami League; LDP
"""

MINISTRIES = """
Defense; Defence; Foreign Affairs; Internal Affairs; Interior; Finance; Justice; Emergency Situations; Energy; Economy;
Economic Development; Trade; Transport; Health; Education; Agriculture; Culture; Information; Communications; Labor;
National Security; State Security; Intelligence; Oil; Industry; Science; Environment; Tourism; Security; Public Security
"""

ARMED = """
Motor Rifle Division; Motorized Rifle Brigade; Motor Rifle Brigade; Guards Tank Division; Guards Tank Army; Tank Brigade;
Airborne Division; Guards Airborne Division; Air Assault Brigade; Airborne Brigade; Infantry Division; Mechanized Brigade;
Mountain Division; Armored Division; Armoured Brigade; Marine Brigade; Marine Expeditionary Unit; Naval Infantry Brigade;
Combined Arms Army; Army Corps; Artillery Brigade; Air Army; Fighter Wing; Fighter Squadron; Special Forces Group;
Spetsnaz Brigade; Signal Regiment; Engineer Battalion; Infantry Regiment; Parachute Regiment; Military Base; Fleet;
Rocket Division; Missile Brigade; Air Defense Brigade; Border Guard Detachment; Territorial Defense Brigade; Assault Brigade
"""

REGION_HEADS = """
Upper; Lower; Northern; Southern; Eastern; Western; Central; Inner; Outer; Nagorno; Gorno; Trans; New
"""

REGION_KINDS = """
Autonomous Region; Autonomous Oblast; Autonomous Republic; Autonomous Okrug; Autonomous Province; Autonomous District; Oblast;
Region; Krai; Republic; Province; District; Governorate; Prefecture; County; Territory; Federal District; Special Region;
Valley; Gorge; Pass; Basin; Peninsula; Mountains; Canal; Strait
"""

PLACES = """
Tavildara; Khatlon; Sughd; Kulob; Kulyab; Qurghonteppa; Khorugh; Khorog; Badakhshan; Badakhshon; Panj; Murghab;
Vanj; Ishkashim; Darvoz; Isfara; Khujand; Osh; Jalal-Abad; Batken; Naryn; Talas; Karakol; Chui; Tokmok; Andijan; Namangan;
Fergana; Ferghana; Samarkand; Bukhara; Khiva; Urgench; Nukus; Karakalpakstan; Termez; Surkhandarya; Kashkadarya; Navoi; Khanabad;
Almaty; Aktau; Atyrau; Shymkent; Kyzylorda; Baikonur; Semipalatinsk; Karaganda; Pavlodar; Mary; Dashoguz; Turkmenbashi; Lebap;
Mazar-e-Sharif; Kunduz; Kandahar; Helmand; Herat; Nangarhar; Jalalabad; Paktika; Khost; Kunar; Panjshir; Baghlan; Takhar; Faizabad;
Bagram; Peshawar; Quetta; Waziristan; Swat; Balochistan; Sindh; Punjab; Gilgit; Kashmir; Xinjiang; Kashgar; Urumqi; Tibet; Lhasa;
Chechnya; Grozny; Dagestan; Makhachkala; Ingushetia; Nazran; Magas; Kabardino-Balkaria; Nalchik; North Ossetia; Vladikavkaz; Beslan;
Adygea; Krasnodar; Stavropol; Rostov; Volgograd; Kalmykia; Abkhazia; Sukhumi; South Ossetia; Tskhinvali; Ajaria; Batumi; Poti; Gori;
Kodori; Pankisi; Javakheti; Akhalkalaki; Nagorno-Karabakh; Stepanakert; Shusha; Lachin; Nakhchivan; Gyumri; Ganja; Sumgait;
Transnistria; Tiraspol; Gagauzia; Crimea; Sevastopol; Simferopol; Donetsk; Luhansk; Donbas; Kharkiv; Kherson; Mariupol; Odesa; Lviv;
Kaliningrad; Murmansk; Pskov; Novosibirsk; Yekaterinburg; Samara; Ulyanovsk; Kazan; Tatarstan; Bashkortostan; Yakutia; Sakhalin;
Primorye; Vladivostok; Kamchatka; Kuril Islands; Aleppo; Idlib; Homs; Hama; Daraa; Raqqa; Deir ez-Zor; Latakia; Tartus; Kobani; Afrin;
Mosul; Kirkuk; Erbil; Basra; Fallujah; Ramadi; Tikrit; Najaf; Karbala; Anbar; Sinjar; Dohuk; Sulaymaniyah; Diyarbakir; Hakkari; Van;
Gaza; Gaza Strip; West Bank; Golan Heights; Jenin; Hebron; Ramallah; Rafah; Khan Younis; Sinai; Darfur; Kordofan; Abyei; Juba;
Tigray; Mekelle; Amhara; Oromia; Ogaden; Somaliland; Puntland; Mogadishu; Kismayo; Baidoa; North Kivu; Goma; Ituri; Bukavu; Katanga;
Kidal; Gao; Timbuktu; Mopti; Agadez; Diffa; Borno; Maiduguri; Kano; Kaduna; Benghazi; Misrata; Sirte; Derna; Tobruk; Fezzan; Sabha;
Kosovo; Mitrovica; Pristina; Vojvodina; Sandzak; Republika Srpska; Banja Luka; Srebrenica; Transylvania; Silesia; Bavaria; Catalonia;
Corsica; Northern Ireland; Aceh; Papua; Mindanao; Marawi; Rakhine; Kachin; Shan; Pattani; Jaffna; Assam; Manipur; Nagaland; Chhattisgarh;
Hokkaido; Okinawa; Senkaku Islands; Spratly Islands; Paracel Islands; South China Sea; Taiwan Strait; Black Sea; Caspian Sea; Baltic Sea;
Persian Gulf; Strait of Hormuz; Red Sea; Bab el-Mandeb; Central Asia; South Caucasus; North Caucasus; Middle East; Balkans; Eastern Europe;
Putumayo; Caquetá; Arauca; Loreto; Iquitos; Leticia; Ucayali; Chocó; Apure; Zulia; Táchira; Esmeraldas; Guayaquil; Potosí; Rondônia; Manaus;
Michoacán; Petén; Darién; Ciudad Juárez; Napo; Massawa; Berbera; Hodeidah; Mukalla; Tadjoura; Aden; Socotra; Ménaka; Gossi; Liptako-Gourma;
Tillia; Zinder; Haiphong; Đà Nẵng; Cam Ranh; Hải Phòng; Trường Sa; Palawan; Zamboanga; Natuna Islands; Šiauliai; Klaipėda; Ventspils; Saaremaa;
Gotland; Tromsø; Kirkenes; Kragujevac; Niš; Čačak; Užice; Mostar; Goražde; Preševo; Durrës; Uroševac; Győr; Łódź; Gdańsk; Şanlıurfa; İzmir;
Western Europe; Southeast Asia; East Africa; Horn of Africa; Sahel; Maghreb; Latin America; Caribbean; Arctic; Far East; Siberia; Eurasia
"""

REGIONAL = """
Central Asian; Middle Eastern; Eastern European; South Asian; Southeast Asian; West African; East African; Latin American;
North African; South Caucasian; Balkan; Baltic; Scandinavian; Arab; European; African; Asian; Caucasian; Chechen; Kurdish;
Palestinian; Soviet; Western; Islamic; Muslim; Shiite; Sunni; Tajik; Uzbek; Kyrgyz; Kazakh; Turkmen; Uighur; Tatar; Abkhaz
"""

GIVEN = """
Nikolai; Vladimir; Sergei; Dmitry; Mikhail; Viktor; Yuri; Igor; Oleg; Anatoly; Gennady; Ramzan; Aslan; Shamil; Islam; Nursultan;
Kurmanbek; Roza; Askar; Emomali; Imomali; Rustam; Davlat; Saidmurod; Mirzo; Abdullo; Gurbanguly; Saparmurat; Ilham; Heydar; Robert; Serzh;
Nikol; Eduard; Irakli; Salome; Zurab; Giorgi; Nino; Bidzina; Volodymyr; Petro; Yulia; Leonid; Arseniy; Alyaksandr; Svetlana; Maia; Igor;
Hamid; Ashraf; Abdullah; Mohammad; Ahmad; Gulbuddin; Mullah; Imran; Nawaz; Asif; Benazir; Pervez; Narendra; Rajnath; Manmohan; Sonia;
Mahinda; Sheikh; Khaleda; Aung; Min; Jinping; Keqiang; Yi; Guanglie; Jintao; Jiabao; Zemin; Shinzo; Yoshihide; Junichiro;
Jae-in; Geun-hye; Jong-un; Joko; Susilo; Rodrigo; Ferdinand; Mahathir; Anwar; Prayut; Hassan; Javad; Ali; Mahmoud; Qassem; Bashar; Walid;
Farouk; Nouri; Haider; Muqtada; Massoud; Jalal; Recep; Abdullah; Mevlut; Hulusi; Benjamin; Ariel; Ehud; Avigdor; Yasser; Ismail; Khaled;
Hosni; Abdel; Muammar; Khalifa; Fayez; Omar; Salva; Riek; Isaias; Abiy; Uhuru; Yoweri; Paul; Joseph; Felix; Cyril; Jacob; Robert; Goodluck;
Muhammadu; Bola; Angela; Gerhard; Olaf; Annalena; Emmanuel; Nicolas; Jacques; Francois; Tony; Gordon; David; Theresa; Boris; Silvio; Matteo;
Mariano; Pedro; Donald; Viktor; Robert; Andrej; Vaclav; Milos; Slobodan; Boris; Aleksandar; Hashim; Ramush; Ibrahim; Edi; Sali; Kyriakos;
George; Barack; Hillary; John; Condoleezza; Colin; James; Lloyd; Mark; Ashton; Leon; Chuck; Susan; Samantha; Jens; Javier; Federica; Kofi;
Antonio; Ban; Hugo; Nicolas; Evo; Luiz; Dilma; Jair; Michelle; Sebastian; Alvaro; Juan; Enrique; Felipe; Fidel; Raul; Daniel
"""

FAMILY = """
Ivanov; Lavrov; Shoigu; Patrushev; Kozak; Kadyrov; Maskhadov; Basayev; Karimov; Nazarbayev; Tokayev; Bakiyev;
Otunbayeva; Akayev; Atambayev; Rahmonov; Zarifi; Nazarov; Rahimov; Ubaidulloyev; Iskandarov; Khudoberdiyev; Nuri; Turajonzoda; Berdymukhamedov;
Niyazov; Mammadyarov; Abiyev; Kocharyan; Sarkisian; Oskanian; Pashinyan; Shevardnadze; Saakashvili; Zhvania; Burjanadze; Okruashvili;
Ivanishvili; Margvelashvili; Yushchenko; Yanukovych; Tymoshenko; Poroshenko; Zelensky; Lukashenko; Tikhanovskaya; Voronin; Smirnov; Dodon;
Sandu; Karzai; Ghani; Massoud; Dostum; Hekmatyar; Haqqani; Musharraf; Bhutto; Sharif; Zardari; Gilani; Modi; Singh; Jaishankar; Rajapaksa;
Hasina; Suu Kyi; Hlaing; Cao; Liang; Wang; Li; Zhang; Chen; Liu; Yang; Abe; Koizumi; Kishida; Suga; Park; Moon; Kim; Lee; Widodo; Yudhoyono;
Duterte; Marcos; Ibrahim; Rouhani; Zarif; Khamenei; Ahmadinejad; Larijani; Soleimani; Velayati; Assad; Muallem; Maliki; Abadi; Sadr; Barzani;
Talabani; Erdogan; Gul; Cavusoglu; Akar; Davutoglu; Netanyahu; Sharon; Olmert; Lieberman; Livni; Arafat; Abbas; Haniyeh; Mashal; Nasrallah;
Mubarak; Sisi; Gaddafi; Haftar; Sarraj; Bashir; Kiir; Machar; Afwerki; Ahmed; Kenyatta; Museveni; Kagame; Kabila; Tshisekedi; Ramaphosa; Zuma;
Mugabe; Jonathan; Buhari; Tinubu; Merkel; Schroeder; Scholz; Baerbock; Macron; Sarkozy; Chirac; Hollande; Blair; Brown; Cameron; Johnson;
Straw; Berlusconi; Renzi; Rajoy; Sanchez; Tusk; Kaczynski; Orban; Fico; Babis; Havel; Zeman; Milosevic; Tadic; Vucic; Thaci; Haradinaj; Rugova;
Rama; Berisha; Mitsotakis; Tsipras; Bush; Obama; Clinton; Kerry; Rice; Powell; Mattis; Austin; Esper; Carter; Panetta; Hagel; Rumsfeld; Power;
Stoltenberg; Scheffer; Solana; Mogherini; Borrell; Annan; Guterres; Chavez; Maduro; Morales; Lula; Rousseff; Bolsonaro; Bachelet; Pinera;
Uribe; Santos; Calderon; Castro; Ortega; Petrov; Sokolov; Volkov; Gerasimov; Makarov; Baluyevsky; Kvashnin; Solovyov; Surovikin; Dvornikov
"""

# Whole names of more than two words, or with letters beyond ASCII.
PERSONS = """
Nguyễn Phú Trọng; Phạm Minh Chính; Võ Nguyên Giáp; Trần Đại Quang; Lê Hoài Trung; Bùi Thanh Sơn; Phan Văn Giang; Đỗ Mười;
Nguyen Xuan Phuc; Tran Quoc Vuong; Ngo Xuan Lich; Le Thi Thu Ha; Vo Van Thuong; Pham Binh Minh; Hoang Trung Hai; Dang Thi Ngoc Thinh;
Aung San Suu Kyi; Min Aung Hlaing; Soe Win Maung; Thein Zaw Oo; Susilo Bambang Yudhoyono; Joko Budi Santoso; Siti Nur Aminah;
Anwar bin Ibrahim; Abdullah Ahmad Badawi; Lee Hsien Loong; Lee Kuan Yew; Ban Ki-moon; Park Geun-hye; Kim Yo Jong; Choe Son Hui;
Tsai Ing-wen; Ma Ying-jeou; Chen Shui-bian; Ferdinand Marcos Jr.; Gloria Macapagal Arroyo; Abdel Fattah al-Sisi;
Abd al-Rahman al-Rashid; Mohammed bin Salman; Khalifa bin Zayed Al Nahyan; Muqtada al-Sadr; Nouri al-Maliki; Ali Abdullah Saleh;
Abu Mahdi al-Muhandis; Ahmed Hassan al-Bakr; Ismail Omar Guelleh; Hassan Sheikh Mohamud; Abdirahman Mohamed Irro; Alpha Oumar Konaré;
Ibrahim Boubacar Keïta; Assimi Goïta; Mahamat Idriss Déby Itno; Blaise Compaoré; Macky Sall; Évariste Ndayishimiye; Denis Sassou Nguesso;
José Eduardo dos Santos; João Lourenço; Luiz Inácio Lula da Silva; Andrés Manuel López Obrador; Juan Manuel Santos Calderón;
Álvaro Uribe Vélez; Iván Duque Márquez; Cristina Fernández de Kirchner; Nicolás Maduro Moros; Ollanta Humala Tasso; María Corina Machado;
Gabriel García Moreno; Tomás Borge Martínez; Óscar Arias Sánchez; Recep Tayyip Erdoğan; Hulusi Akar Paşa; İbrahim Kalın; Süleyman Soylu;
Mateusz Błaszczak; Lech Wałęsa; Jarosław Kaczyński; Željko Komšić; Aleksandar Vučić; Hashim Thaçi; Milo Đukanović; Zoran Đinđić;
Vesna Pešić Marković; Janez Janša; Andrej Kovačević; Gitanas Nausėda; Krišjānis Kariņš; Māris Kučinskis; Jüri Ratas; Sanna Mäkelä;
Jean-Claude Juncker; Jean-Yves Le Drian; François-Xavier Bellamy; Ursula von der Leyen; Jaap de Hoop Scheffer; Guido van der Berg;
Sheikh Hasina Wazed; Begum Khaleda Zia; Ranil Wickremesinghe; Kamal Prasad Oli; Abdullah Abdullah; Mohammad Hanif Atmar; Sher Mohammad Abbas Stanikzai
"""


def split(block: str) -> list[str]:
    """The names of one of the lists above."""
    return [" ".join(name.split()) for name in block.split(";") if name.strip()]
