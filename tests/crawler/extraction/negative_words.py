"""The words of pages that are no articles, in eight languages: the little that sites say everywhere, in our own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the templates in *negatives* are filled with."""

    code: str
    subjects: tuple[str, ...]
    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    sections: tuple[str, ...]
    plain: tuple[str, ...]
    legal: tuple[str, ...]
    consent_text: tuple[str, ...]
    weather_text: tuple[str, ...]
    days: tuple[str, ...]
    questions: tuple[str, ...]
    login: str
    login_text: str
    register: str
    email: str
    password: str
    name: str
    subscribe: str
    subscribe_text: str
    captcha: str
    captcha_text: str
    wait: str
    consent: str
    accept: str
    settings: str
    age: str
    denied: str
    denied_text: str
    region: str
    adblock: str
    adblock_text: str
    redirected: str
    click: str
    browser: str
    browser_text: str
    not_found: str
    not_found_text: str
    removed: str
    removed_text: str
    error: str
    error_text: str
    maintenance: str
    maintenance_text: str
    parked: str
    script: str
    loading: str
    most_read: str
    latest: str
    tag: str
    biography: str
    search: str
    nothing: str
    archive: str
    photos: str
    opinion: str
    recipes: str
    events: str
    rss: str
    obituaries: str
    comments: str
    reply: str
    cart: str
    description: str
    month: str
    newsletter: str
    thanks: str
    thanks_text: str
    weather: str
    today: str
    results: str
    markets: str
    job: str
    jobs: str
    tasks: str
    profile: str
    apply: str
    page: str
    games: str
    app: str
    poll: str
    vote: str
    about: str
    about_text: str
    imprint: str
    privacy: str
    terms: str
    cookies: str
    contact: str
    send: str
    advertise: str
    staff: str
    rules: str
    accessibility: str


ENGLISH = Words(
    code="en", subjects=("Mayor", "Storm", "Harbour", "Council", "Team"), verbs=("opens", "closes", "visits", "wins", "plans"),
    objects=("the bridge", "a school", "the market", "the final", "new ferries"), sections=("Politics", "Sport", "Culture", "Local"),
    plain=("The harbour is open every day from nine to five.", "We bring you what matters in the town.", "Visitors are welcome at all times of the year.",
           "Everything is made with care by people who live here.", "Our team works around the clock for you."),
    legal=("We process your personal data only as far as the law allows it.", "You may withdraw your consent at any time with effect for the future.",
           "The operator is not liable for the content of external links.", "Any use beyond this requires our written permission.",
           "These provisions apply to all services that we offer."),
    consent_text=("We and our partners store and access information on your device.", "You can change your choice at any time.", "Cookies help us to measure how our offer is used.",
                  "Select personalised advertising and content."),
    weather_text=("Cloudy with some rain in the afternoon, wind from the west.", "Sunny and dry, at night clear.", "Fog in the morning, later mild."),
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), questions=("How do I cancel?", "Where is my paper?", "How do I change my address?"),
    login="Sign in", login_text="Please sign in with your account to continue.", register="Create an account", email="E-mail", password="Password", name="Name",
    subscribe="Subscribe", subscribe_text="Read everything without limits with a subscription.", captcha="Are you a human?", captcha_text="Please confirm that you are not a robot.",
    wait="Just a moment...", consent="We value your privacy", accept="Accept all", settings="Manage settings", age="Are you over 18?", denied="Access denied",
    denied_text="You do not have permission to access this page.", region="This content is not available in your region.", adblock="Please switch off your ad blocker",
    adblock_text="Our journalism is paid for by advertising.", redirected="You are being redirected.", click="Click here if nothing happens", browser="Your browser is out of date",
    browser_text="Please update it to see this site.", not_found="Page not found", not_found_text="The page you are looking for does not exist or has been moved.",
    removed="This article is no longer available", removed_text="It has been removed or its licence has run out.", error="Something went wrong",
    error_text="An unexpected error occurred. Please try again later.", maintenance="We'll be back soon", maintenance_text="Our site is down for maintenance.",
    parked="This domain may be for sale.", script="You need to enable JavaScript to run this app.", loading="Loading…", most_read="Most read", latest="Latest news", tag="Tag",
    biography="Ana Prado writes about the sea and the town. She has been with us since 2011.", search="Search", nothing="No results were found.", archive="Archive", photos="photos",
    opinion="Opinion", recipes="Recipes", events="Events", rss="Use our feeds in your reader.", obituaries="Death notices", comments="Comments", reply="Reply", cart="Add to cart",
    description="Description", month="month", newsletter="The most important news of the day in your inbox.", thanks="Thank you!", thanks_text="You have been subscribed. Please check your inbox.",
    weather="Weather", today="today", results="Results", markets="Markets", job="Editor", jobs="Jobs", tasks="Your tasks", profile="Your profile", apply="Apply now", page="Page",
    games="Crossword", app="All news on your phone, with push messages.", poll="What do you think?", vote="Vote", about="About us",
    about_text="The Herald is an independent newspaper, founded in 1911.", imprint="Legal notice", privacy="Privacy policy", terms="Terms of use", cookies="Cookie policy", contact="Contact us",
    send="Send", advertise="Advertise with us", staff="Our staff", rules="Community guidelines", accessibility="Accessibility",
)  # fmt: skip
GERMAN = Words(
    code="de", subjects=("Bürgermeister", "Sturm", "Hafen", "Stadtrat", "Mannschaft"), verbs=("eröffnet", "schließt", "besucht", "gewinnt", "plant"),
    objects=("die Brücke", "eine Schule", "den Markt", "das Finale", "neue Fähren"), sections=("Politik", "Sport", "Kultur", "Lokales"),
    plain=("Der Hafen ist täglich von neun bis fünf geöffnet.", "Wir bringen Ihnen, was in der Stadt wichtig ist.", "Besucher sind zu jeder Jahreszeit willkommen.",
           "Alles wird mit Sorgfalt von Menschen von hier gemacht.", "Unser Team arbeitet rund um die Uhr für Sie."),
    legal=("Wir verarbeiten Ihre personenbezogenen Daten nur, soweit das Gesetz es erlaubt.", "Sie können Ihre Einwilligung jederzeit mit Wirkung für die Zukunft widerrufen.",
           "Der Betreiber haftet nicht für die Inhalte externer Links.", "Jede weitere Nutzung bedarf unserer schriftlichen Zustimmung.", "Diese Bestimmungen gelten für alle unsere Angebote."),
    consent_text=("Wir und unsere Partner speichern Informationen auf Ihrem Gerät und rufen sie ab.", "Sie können Ihre Auswahl jederzeit ändern.", "Cookies helfen uns, die Nutzung zu messen.",
                  "Personalisierte Werbung und Inhalte auswählen."),
    weather_text=("Bewölkt mit etwas Regen am Nachmittag, Wind aus West.", "Sonnig und trocken, nachts klar.", "Morgens Nebel, später mild."),
    days=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"), questions=("Wie kündige ich?", "Wo bleibt meine Zeitung?", "Wie ändere ich meine Adresse?"),
    login="Anmelden", login_text="Bitte melden Sie sich mit Ihrem Konto an, um fortzufahren.", register="Konto anlegen", email="E-Mail", password="Passwort", name="Name",
    subscribe="Abonnieren", subscribe_text="Lesen Sie alles ohne Grenzen mit einem Abo.", captcha="Sind Sie ein Mensch?", captcha_text="Bitte bestätigen Sie, dass Sie kein Roboter sind.",
    wait="Einen Moment bitte …", consent="Ihre Privatsphäre ist uns wichtig", accept="Alle akzeptieren", settings="Einstellungen", age="Sind Sie über 18?", denied="Zugriff verweigert",
    denied_text="Sie haben keine Berechtigung, diese Seite aufzurufen.", region="Dieser Inhalt ist in Ihrer Region nicht verfügbar.", adblock="Bitte schalten Sie Ihren Werbeblocker aus",
    adblock_text="Unser Journalismus wird durch Werbung bezahlt.", redirected="Sie werden weitergeleitet.", click="Klicken Sie hier, wenn nichts geschieht", browser="Ihr Browser ist veraltet",
    browser_text="Bitte aktualisieren Sie ihn.", not_found="Seite nicht gefunden", not_found_text="Die gesuchte Seite gibt es nicht oder sie wurde verschoben.",
    removed="Dieser Artikel ist nicht mehr verfügbar", removed_text="Er wurde gelöscht oder die Lizenz ist abgelaufen.", error="Etwas ist schiefgelaufen",
    error_text="Ein unerwarteter Fehler ist aufgetreten. Bitte versuchen Sie es später noch einmal.", maintenance="Wir sind gleich wieder da", maintenance_text="Unsere Seite wird gewartet.",
    parked="Diese Domain steht zum Verkauf.", script="Bitte aktivieren Sie JavaScript.", loading="Lädt …", most_read="Meistgelesen", latest="Neueste Nachrichten", tag="Thema",
    biography="Ana Prado schreibt über das Meer und die Stadt. Sie ist seit 2011 bei uns.", search="Suche", nothing="Es wurden keine Treffer gefunden.", archive="Archiv", photos="Bilder",
    opinion="Meinung", recipes="Rezepte", events="Veranstaltungen", rss="Nutzen Sie unsere Feeds.", obituaries="Traueranzeigen", comments="Kommentare", reply="Antworten", cart="In den Warenkorb",
    description="Beschreibung", month="Monat", newsletter="Die wichtigsten Nachrichten des Tages in Ihrem Postfach.", thanks="Vielen Dank!", thanks_text="Sie sind angemeldet. Bitte sehen Sie in Ihr Postfach.",
    weather="Wetter", today="heute", results="Ergebnisse", markets="Börse", job="Redakteur", jobs="Stellenangebote", tasks="Ihre Aufgaben", profile="Ihr Profil", apply="Jetzt bewerben", page="Seite",
    games="Kreuzworträtsel", app="Alle Nachrichten auf dem Telefon, mit Push-Mitteilungen.", poll="Was meinen Sie?", vote="Abstimmen", about="Über uns",
    about_text="Der Herald ist eine unabhängige Zeitung, gegründet 1911.", imprint="Impressum", privacy="Datenschutzerklärung", terms="AGB", cookies="Cookie-Richtlinie", contact="Kontakt",
    send="Absenden", advertise="Mediadaten", staff="Redaktion", rules="Netiquette", accessibility="Barrierefreiheit",
)  # fmt: skip
FRENCH = Words(
    code="fr", subjects=("Le maire", "La tempête", "Le port", "Le conseil", "L'équipe"), verbs=("ouvre", "ferme", "visite", "gagne", "prépare"),
    objects=("le pont", "une école", "le marché", "la finale", "de nouveaux ferries"), sections=("Politique", "Sports", "Culture", "Régions"),
    plain=("Le port est ouvert tous les jours de neuf à dix-sept heures.", "Nous vous apportons ce qui compte dans la ville.", "Les visiteurs sont les bienvenus toute l'année.",
           "Tout est fait avec soin par des gens d'ici.", "Notre équipe travaille jour et nuit pour vous."),
    legal=("Nous ne traitons vos données personnelles que dans la mesure permise par la loi.", "Vous pouvez retirer votre consentement à tout moment.",
           "L'éditeur n'est pas responsable du contenu des liens externes.", "Toute autre utilisation requiert notre accord écrit.", "Ces dispositions s'appliquent à tous nos services."),
    consent_text=("Nous et nos partenaires stockons des informations sur votre appareil.", "Vous pouvez modifier votre choix à tout moment.", "Les cookies nous aident à mesurer l'audience.",
                  "Choisir des publicités et des contenus personnalisés."),
    weather_text=("Nuageux avec un peu de pluie l'après-midi, vent d'ouest.", "Ensoleillé et sec, nuit claire.", "Brouillard le matin, doux ensuite."),
    days=("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche"), questions=("Comment résilier ?", "Où est mon journal ?", "Comment changer d'adresse ?"),
    login="Se connecter", login_text="Connectez-vous à votre compte pour continuer.", register="Créer un compte", email="Adresse e-mail", password="Mot de passe", name="Nom",
    subscribe="S'abonner", subscribe_text="Lisez tout sans limite avec un abonnement.", captcha="Êtes-vous humain ?", captcha_text="Veuillez confirmer que vous n'êtes pas un robot.",
    wait="Un instant…", consent="Nous respectons votre vie privée", accept="Tout accepter", settings="Paramétrer", age="Avez-vous plus de 18 ans ?", denied="Accès refusé",
    denied_text="Vous n'avez pas l'autorisation d'accéder à cette page.", region="Ce contenu n'est pas disponible dans votre région.", adblock="Veuillez désactiver votre bloqueur de publicité",
    adblock_text="Notre journalisme est financé par la publicité.", redirected="Vous allez être redirigé.", click="Cliquez ici s'il ne se passe rien", browser="Votre navigateur est obsolète",
    browser_text="Veuillez le mettre à jour.", not_found="Page introuvable", not_found_text="La page que vous cherchez n'existe pas ou a été déplacée.",
    removed="Cet article n'est plus disponible", removed_text="Il a été supprimé ou sa licence a expiré.", error="Une erreur est survenue",
    error_text="Une erreur inattendue s'est produite. Veuillez réessayer plus tard.", maintenance="Nous revenons bientôt", maintenance_text="Notre site est en maintenance.",
    parked="Ce domaine est à vendre.", script="Veuillez activer JavaScript.", loading="Chargement…", most_read="Les plus lus", latest="Dernières nouvelles", tag="Sujet",
    biography="Ana Prado écrit sur la mer et la ville. Elle est avec nous depuis 2011.", search="Recherche", nothing="Aucun résultat.", archive="Archives", photos="photos",
    opinion="Opinions", recipes="Recettes", events="Agenda", rss="Utilisez nos flux.", obituaries="Avis de décès", comments="Commentaires", reply="Répondre", cart="Ajouter au panier",
    description="Description", month="mois", newsletter="L'essentiel de l'actualité dans votre boîte.", thanks="Merci !", thanks_text="Vous êtes inscrit. Consultez votre boîte.",
    weather="Météo", today="aujourd'hui", results="Résultats", markets="Bourse", job="Rédacteur", jobs="Offres d'emploi", tasks="Vos missions", profile="Votre profil", apply="Postuler", page="Page",
    games="Mots croisés", app="Toute l'actualité sur votre téléphone.", poll="Qu'en pensez-vous ?", vote="Voter", about="Qui sommes-nous",
    about_text="Le Herald est un journal indépendant fondé en 1911.", imprint="Mentions légales", privacy="Politique de confidentialité", terms="Conditions générales d'utilisation", cookies="Gestion des cookies",
    contact="Nous contacter", send="Envoyer", advertise="Publicité", staff="La rédaction", rules="Charte de modération", accessibility="Accessibilité",
)  # fmt: skip
SPANISH = Words(
    code="es", subjects=("El alcalde", "La tormenta", "El puerto", "El consejo", "El equipo"), verbs=("abre", "cierra", "visita", "gana", "prepara"),
    objects=("el puente", "una escuela", "el mercado", "la final", "nuevos ferris"), sections=("Política", "Deportes", "Cultura", "Local"),
    plain=("El puerto está abierto todos los días de nueve a cinco.", "Le traemos lo que importa en la ciudad.", "Los visitantes son bienvenidos todo el año.",
           "Todo está hecho con cuidado por gente de aquí.", "Nuestro equipo trabaja día y noche para usted."),
    legal=("Tratamos sus datos personales solo en la medida que permite la ley.", "Puede retirar su consentimiento en cualquier momento.", "El titular no responde del contenido de enlaces externos.",
           "Cualquier otro uso requiere nuestro permiso por escrito.", "Estas disposiciones se aplican a todos nuestros servicios."),
    consent_text=("Nosotros y nuestros socios almacenamos información en su dispositivo.", "Puede cambiar su elección en cualquier momento.", "Las cookies nos ayudan a medir el uso.",
                  "Seleccionar publicidad y contenido personalizados."),
    weather_text=("Nuboso con algo de lluvia por la tarde, viento del oeste.", "Soleado y seco, noche despejada.", "Niebla por la mañana, después suave."),
    days=("Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado", "Domingo"), questions=("¿Cómo me doy de baja?", "¿Dónde está mi periódico?", "¿Cómo cambio mi dirección?"),
    login="Iniciar sesión", login_text="Inicie sesión con su cuenta para continuar.", register="Crear una cuenta", email="Correo electrónico", password="Contraseña", name="Nombre",
    subscribe="Suscríbete", subscribe_text="Lea todo sin límites con una suscripción.", captcha="¿Es usted humano?", captcha_text="Confirme que no es un robot.",
    wait="Un momento…", consent="Nos importa su privacidad", accept="Aceptar todo", settings="Configurar", age="¿Es mayor de 18 años?", denied="Acceso denegado",
    denied_text="No tiene permiso para acceder a esta página.", region="Este contenido no está disponible en su región.", adblock="Desactive su bloqueador de anuncios",
    adblock_text="Nuestro periodismo se paga con publicidad.", redirected="Está siendo redirigido.", click="Haga clic aquí si no pasa nada", browser="Su navegador está anticuado",
    browser_text="Actualícelo, por favor.", not_found="Página no encontrada", not_found_text="La página que busca no existe o se ha movido.",
    removed="Este artículo ya no está disponible", removed_text="Se ha eliminado o su licencia ha caducado.", error="Algo ha salido mal",
    error_text="Se ha producido un error inesperado. Inténtelo más tarde.", maintenance="Volvemos enseguida", maintenance_text="Nuestro sitio está en mantenimiento.",
    parked="Este dominio está en venta.", script="Active JavaScript.", loading="Cargando…", most_read="Lo más leído", latest="Últimas noticias", tag="Tema",
    biography="Ana Prado escribe sobre el mar y la ciudad. Está con nosotros desde 2011.", search="Buscar", nothing="No se han encontrado resultados.", archive="Hemeroteca", photos="fotos",
    opinion="Opinión", recipes="Recetas", events="Agenda", rss="Use nuestros canales.", obituaries="Esquelas", comments="Comentarios", reply="Responder", cart="Añadir al carrito",
    description="Descripción", month="mes", newsletter="Lo más importante del día en su correo.", thanks="¡Gracias!", thanks_text="Se ha suscrito. Revise su correo.",
    weather="El tiempo", today="hoy", results="Resultados", markets="Bolsa", job="Redactor", jobs="Empleo", tasks="Sus tareas", profile="Su perfil", apply="Inscribirse", page="Página",
    games="Crucigrama", app="Todas las noticias en su teléfono.", poll="¿Qué opina?", vote="Votar", about="Quiénes somos",
    about_text="El Herald es un periódico independiente fundado en 1911.", imprint="Aviso legal", privacy="Política de privacidad", terms="Condiciones de uso", cookies="Política de cookies", contact="Contacto",
    send="Enviar", advertise="Publicidad", staff="Redacción", rules="Normas de participación", accessibility="Accesibilidad",
)  # fmt: skip
PORTUGUESE = Words(
    code="pt", subjects=("O prefeito", "A tempestade", "O porto", "A câmara", "A equipa"), verbs=("abre", "fecha", "visita", "vence", "prepara"),
    objects=("a ponte", "uma escola", "o mercado", "a final", "novos barcos"), sections=("Política", "Desporto", "Cultura", "Local"),
    plain=("O porto está aberto todos os dias das nove às cinco.", "Trazemos o que importa na cidade.", "Os visitantes são bem-vindos todo o ano.",
           "Tudo é feito com cuidado por gente daqui.", "A nossa equipa trabalha dia e noite para si."),
    legal=("Tratamos os seus dados pessoais apenas na medida em que a lei o permite.", "Pode retirar o seu consentimento a qualquer momento.", "O operador não responde pelo conteúdo de links externos.",
           "Qualquer outro uso requer a nossa autorização escrita.", "Estas disposições aplicam-se a todos os nossos serviços."),
    consent_text=("Nós e os nossos parceiros guardamos informações no seu dispositivo.", "Pode mudar a sua escolha a qualquer momento.", "Os cookies ajudam-nos a medir o uso.",
                  "Selecionar publicidade e conteúdos personalizados."),
    weather_text=("Nublado com alguma chuva à tarde, vento de oeste.", "Sol e tempo seco, noite limpa.", "Nevoeiro de manhã, depois ameno."),
    days=("Segunda", "Terça", "Quarta", "Quinta", "Sexta", "Sábado", "Domingo"), questions=("Como cancelo?", "Onde está o meu jornal?", "Como mudo a morada?"),
    login="Entrar", login_text="Inicie sessão com a sua conta para continuar.", register="Criar conta", email="E-mail", password="Senha", name="Nome",
    subscribe="Assine", subscribe_text="Leia tudo sem limites com uma assinatura.", captcha="É humano?", captcha_text="Confirme que não é um robô.",
    wait="Um momento…", consent="A sua privacidade é importante para nós", accept="Aceitar tudo", settings="Configurações", age="Tem mais de 18 anos?", denied="Acesso negado",
    denied_text="Não tem permissão para aceder a esta página.", region="Este conteúdo não está disponível na sua região.", adblock="Desative o seu bloqueador de anúncios",
    adblock_text="O nosso jornalismo é pago pela publicidade.", redirected="Está a ser redirecionado.", click="Clique aqui se nada acontecer", browser="O seu navegador está desatualizado",
    browser_text="Por favor, atualize-o.", not_found="Página não encontrada", not_found_text="A página que procura não existe ou foi movida.",
    removed="Este artigo já não está disponível", removed_text="Foi removido ou a licença expirou.", error="Algo correu mal",
    error_text="Ocorreu um erro inesperado. Tente mais tarde.", maintenance="Voltamos já", maintenance_text="O nosso site está em manutenção.",
    parked="Este domínio está à venda.", script="Ative o JavaScript.", loading="A carregar…", most_read="Mais lidas", latest="Últimas notícias", tag="Tema",
    biography="Ana Prado escreve sobre o mar e a cidade. Está connosco desde 2011.", search="Pesquisa", nothing="Nenhum resultado encontrado.", archive="Arquivo", photos="fotos",
    opinion="Opinião", recipes="Receitas", events="Agenda", rss="Use os nossos feeds.", obituaries="Necrologia", comments="Comentários", reply="Responder", cart="Adicionar ao carrinho",
    description="Descrição", month="mês", newsletter="O mais importante do dia no seu e-mail.", thanks="Obrigado!", thanks_text="A sua inscrição foi feita. Veja o seu e-mail.",
    weather="Tempo", today="hoje", results="Resultados", markets="Bolsa", job="Redator", jobs="Empregos", tasks="As suas tarefas", profile="O seu perfil", apply="Candidatar-se", page="Página",
    games="Palavras cruzadas", app="Todas as notícias no seu telefone.", poll="O que acha?", vote="Votar", about="Quem somos",
    about_text="O Herald é um jornal independente fundado em 1911.", imprint="Ficha técnica", privacy="Política de privacidade", terms="Termos de uso", cookies="Política de cookies", contact="Fale conosco",
    send="Enviar", advertise="Anuncie", staff="Redação", rules="Regras da comunidade", accessibility="Acessibilidade",
)  # fmt: skip
RUSSIAN = Words(
    code="ru", subjects=("Мэр", "Шторм", "Порт", "Совет", "Команда"), verbs=("открывает", "закрывает", "посещает", "выигрывает", "готовит"),
    objects=("мост", "школу", "рынок", "финал", "новые паромы"), sections=("Политика", "Спорт", "Культура", "Город"),
    plain=("Порт открыт каждый день с девяти до пяти.", "Мы рассказываем о том, что важно в городе.", "Гостям рады в любое время года.", "Всё сделано с заботой местными людьми.",
           "Наша команда работает для вас круглые сутки."),
    legal=("Мы обрабатываем персональные данные только в пределах закона.", "Вы можете в любое время отозвать своё согласие.", "Владелец сайта не отвечает за содержание внешних ссылок.",
           "Любое другое использование требует письменного разрешения.", "Эти положения относятся ко всем нашим услугам."),
    consent_text=("Мы и наши партнёры храним информацию на вашем устройстве.", "Вы можете изменить свой выбор в любое время.", "Файлы cookie помогают измерять посещаемость.", "Выбрать персональную рекламу."),
    weather_text=("Облачно, днём небольшой дождь, ветер западный.", "Солнечно и сухо, ночью ясно.", "Утром туман, затем тепло."),
    days=("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье"), questions=("Как отменить подписку?", "Где моя газета?", "Как изменить адрес?"),
    login="Войти", login_text="Войдите в свою учётную запись, чтобы продолжить.", register="Регистрация", email="Почта", password="Пароль", name="Имя",
    subscribe="Подписаться", subscribe_text="Читайте всё без ограничений по подписке.", captcha="Вы человек?", captcha_text="Подтвердите, что вы не робот.",
    wait="Подождите…", consent="Мы ценим вашу приватность", accept="Принять все", settings="Настройки", age="Вам есть 18 лет?", denied="Доступ запрещён",
    denied_text="У вас нет прав для просмотра этой страницы.", region="Материал недоступен в вашем регионе.", adblock="Отключите блокировщик рекламы", adblock_text="Нашу работу оплачивает реклама.",
    redirected="Вас перенаправляют.", click="Нажмите здесь, если ничего не происходит", browser="Ваш браузер устарел", browser_text="Обновите его.", not_found="Страница не найдена",
    not_found_text="Страница, которую вы ищете, не существует или перемещена.", removed="Материал больше недоступен", removed_text="Он был удалён.", error="Произошла ошибка",
    error_text="Непредвиденная ошибка. Попробуйте позже.", maintenance="Мы скоро вернёмся", maintenance_text="На сайте идут технические работы.", parked="Этот домен продаётся.",
    script="Включите JavaScript.", loading="Загрузка…", most_read="Самое читаемое", latest="Последние новости", tag="Тема", biography="Ана Прадо пишет о море и городе. Она с нами с 2011 года.",
    search="Поиск", nothing="Ничего не найдено.", archive="Архив", photos="фото", opinion="Мнения", recipes="Рецепты", events="Афиша", rss="Пользуйтесь нашими лентами.", obituaries="Некрологи",
    comments="Комментарии", reply="Ответить", cart="В корзину", description="Описание", month="месяц", newsletter="Главное за день в вашей почте.", thanks="Спасибо!",
    thanks_text="Вы подписаны. Проверьте почту.", weather="Погода", today="сегодня", results="Результаты", markets="Биржа", job="Редактор", jobs="Вакансии", tasks="Обязанности",
    profile="Требования", apply="Откликнуться", page="Страница", games="Кроссворд", app="Все новости в вашем телефоне.", poll="Что вы думаете?", vote="Голосовать", about="О нас",
    about_text="«Геральд» — независимая газета, основана в 1911 году.", imprint="Выходные данные", privacy="Политика конфиденциальности", terms="Пользовательское соглашение", cookies="Файлы cookie",
    contact="Контакты", send="Отправить", advertise="Реклама на сайте", staff="Редакция", rules="Правила комментирования", accessibility="Доступность",
)  # fmt: skip
JAPANESE = Words(
    code="ja", subjects=("市長", "台風", "港", "議会", "代表"), verbs=("が開く", "が閉じる", "が訪問", "が勝利", "が計画"), objects=("新しい橋", "学校", "市場", "決勝", "新造船"),
    sections=("政治", "スポーツ", "文化", "地域"),
    plain=("港は毎日九時から五時まで開いています。", "町の大切な出来事をお届けします。", "一年中いつでもお越しください。", "すべて地元の人が心を込めて作っています。", "私たちは昼も夜も働いています。"),
    legal=("個人情報は法令の範囲内でのみ取り扱います。", "同意はいつでも撤回することができます。", "外部リンクの内容について責任を負いません。", "その他の利用には書面による許可が必要です。", "この規定はすべてのサービスに適用されます。"),
    consent_text=("当社とパートナーは端末に情報を保存します。", "選択はいつでも変更できます。", "クッキーは利用状況の測定に役立ちます。", "広告とコンテンツを選択します。"),
    weather_text=("くもり、午後は一時雨、西の風。", "晴れ、夜は快晴。", "朝は霧、のち暖かい。"), days=("月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"),
    questions=("解約するには?", "新聞が届きません", "住所を変更するには?"),
    login="ログイン", login_text="続けるにはログインしてください。", register="新規会員登録", email="メールアドレス", password="パスワード", name="お名前", subscribe="購読のお申し込み",
    subscribe_text="購読すると全文を読むことができます。", captcha="あなたは人間ですか", captcha_text="ロボットではないことを確認してください。", wait="しばらくお待ちください", consent="プライバシーを大切にしています",
    accept="すべて同意する", settings="設定", age="18歳以上ですか", denied="アクセスが拒否されました", denied_text="このページを表示する権限がありません。", region="お住まいの地域ではご利用いただけません。",
    adblock="広告ブロックを無効にしてください", adblock_text="私たちの活動は広告に支えられています。", redirected="別のページに移動します。", click="移動しない場合はこちら", browser="お使いのブラウザは古い可能性があります",
    browser_text="更新してください。", not_found="ページが見つかりません", not_found_text="お探しのページは存在しないか、移動しました。", removed="この記事は掲載を終了しました", removed_text="公開期間が終了しました。",
    error="エラーが発生しました", error_text="しばらくしてからもう一度お試しください。", maintenance="ただいまメンテナンス中です", maintenance_text="サイトを一時停止しています。", parked="このドメインは販売中です。",
    script="JavaScriptを有効にしてください。", loading="読み込み中", most_read="アクセスランキング", latest="新着ニュース", tag="タグ", biography="アナ・プラドは海と町について書いています。二〇一一年入社。", search="検索",
    nothing="該当する記事はありません。", archive="過去の記事", photos="枚の写真", opinion="オピニオン", recipes="レシピ", events="イベント", rss="フィードをご利用ください。", obituaries="おくやみ", comments="コメント",
    reply="返信", cart="カートに入れる", description="商品の説明", month="か月", newsletter="一日の主なニュースをメールでお届けします。", thanks="ありがとうございます", thanks_text="登録が完了しました。メールをご確認ください。",
    weather="天気予報", today="今日", results="試合結果", markets="株価", job="編集者", jobs="求人情報", tasks="仕事内容", profile="応募資格", apply="応募する", page="ページ", games="クロスワード",
    app="ニュースをスマートフォンで。", poll="どう思いますか", vote="投票する", about="会社概要", about_text="ヘラルドは一九一一年創刊の独立した新聞です。", imprint="運営会社", privacy="プライバシーポリシー", terms="利用規約",
    cookies="クッキーについて", contact="お問い合わせ", send="送信", advertise="広告掲載のご案内", staff="編集部", rules="コメントの規約", accessibility="アクセシビリティ",
)  # fmt: skip
ARABIC = Words(
    code="ar", subjects=("العمدة", "العاصفة", "الميناء", "المجلس", "الفريق"), verbs=("يفتتح", "يغلق", "يزور", "يفوز", "يخطط"), objects=("الجسر", "مدرسة", "السوق", "النهائي", "عبارات جديدة"),
    sections=("سياسة", "رياضة", "ثقافة", "محليات"),
    plain=("الميناء مفتوح كل يوم من التاسعة إلى الخامسة.", "ننقل إليكم ما يهم المدينة.", "الزوار مرحب بهم طوال العام.", "كل شيء مصنوع بعناية من أهل المدينة.", "فريقنا يعمل من أجلكم ليل نهار."),
    legal=("نعالج بياناتكم الشخصية في حدود القانون فقط.", "يمكنكم سحب موافقتكم في أي وقت.", "لا يتحمل الموقع مسؤولية محتوى الروابط الخارجية.", "أي استخدام آخر يتطلب إذنا خطيا منا.",
           "تسري هذه الأحكام على جميع خدماتنا."),
    consent_text=("نحن وشركاؤنا نخزن معلومات على جهازكم.", "يمكنكم تغيير اختياركم في أي وقت.", "تساعدنا ملفات الارتباط على القياس.", "اختيار إعلانات مخصصة."),
    weather_text=("غائم مع بعض المطر بعد الظهر.", "مشمس وجاف.", "ضباب في الصباح ثم معتدل."), days=("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    questions=("كيف ألغي الاشتراك؟", "أين صحيفتي؟", "كيف أغير عنواني؟"),
    login="تسجيل الدخول", login_text="سجل الدخول إلى حسابك للمتابعة.", register="إنشاء حساب", email="البريد الإلكتروني", password="كلمة المرور", name="الاسم", subscribe="اشترك الآن",
    subscribe_text="اقرأ كل شيء بلا حدود مع الاشتراك.", captcha="هل أنت إنسان؟", captcha_text="أكد أنك لست روبوتا.", wait="لحظة من فضلك", consent="نحن نهتم بخصوصيتك", accept="قبول الكل",
    settings="الإعدادات", age="هل عمرك أكثر من 18؟", denied="تم رفض الوصول", denied_text="ليس لديك إذن لعرض هذه الصفحة.", region="هذا المحتوى غير متاح في منطقتك.", adblock="أوقف مانع الإعلانات",
    adblock_text="عملنا ممول من الإعلانات.", redirected="يتم تحويلك.", click="اضغط هنا إن لم يحدث شيء", browser="متصفحك قديم", browser_text="يرجى تحديثه.", not_found="الصفحة غير موجودة",
    not_found_text="الصفحة التي تبحث عنها غير موجودة أو نقلت.", removed="هذا المقال لم يعد متاحا", removed_text="تم حذفه.", error="حدث خطأ", error_text="حدث خطأ غير متوقع. حاول لاحقا.",
    maintenance="سنعود قريبا", maintenance_text="الموقع قيد الصيانة.", parked="هذا النطاق معروض للبيع.", script="يرجى تفعيل جافا سكريبت.", loading="جار التحميل", most_read="الأكثر قراءة", latest="آخر الأخبار",
    tag="وسم", biography="آنا برادو تكتب عن البحر والمدينة. تعمل معنا منذ عام 2011.", search="بحث", nothing="لا توجد نتائج.", archive="الأرشيف", photos="صور", opinion="آراء", recipes="وصفات",
    events="فعاليات", rss="استخدموا خلاصاتنا.", obituaries="وفيات", comments="التعليقات", reply="رد", cart="أضف إلى السلة", description="الوصف", month="شهر", newsletter="أهم أخبار اليوم في بريدك.",
    thanks="شكرا لك", thanks_text="تم اشتراكك. تفقد بريدك.", weather="الطقس", today="اليوم", results="النتائج", markets="البورصة", job="محرر", jobs="وظائف", tasks="المهام", profile="المؤهلات",
    apply="قدم الآن", page="صفحة", games="كلمات متقاطعة", app="كل الأخبار على هاتفك.", poll="ما رأيك؟", vote="صوت", about="من نحن", about_text="هيرالد صحيفة مستقلة تأسست عام 1911.", imprint="بيانات النشر",
    privacy="سياسة الخصوصية", terms="شروط الاستخدام", cookies="سياسة ملفات الارتباط", contact="اتصل بنا", send="إرسال", advertise="أعلن معنا", staff="هيئة التحرير", rules="قواعد التعليق",
    accessibility="إمكانية الوصول",
)  # fmt: skip
LANGUAGES = (ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE, RUSSIAN, JAPANESE, ARABIC)
