## Бронирование, название, зоны

house-booking-about = За сколько дней можно бронировать, как поздно отменить и сколько стол ждёт гостей.
house-window = На сколько вперёд
house-notice = Не позже чем за
house-slots = Начало каждые (мин)
house-party-online = Самая большая компания онлайн
house-party-online-hint = Компании больше спрашивают, и отвечает человек.
house-per-guest = Сколько броней впереди у одного гостя
house-hold = Место держится, пока гость заполняет
house-hold-hint = От выбора времени до подтверждения.
house-cutoff = Гость отменяет не позже чем за
house-grace = Или в течение после брони
house-grace-hint = Для тех, кто ошибся, даже незадолго до начала.
house-late-after = Опаздывает после
house-no-show = Стол ждёт
house-no-show-hint = Потом его можно отдать другим; обещание остаётся до закрытия.
house-reset = Уборка стола
house-reset-hint = 0: дом её не считает. Она входит во время за столом.
house-reset-clock = Потом стол готов без слов
house-venue-about = Кто этот дом для гостей и карт, и из каких зон его зал.
house-venue-name = Название
house-phone = Телефон
house-phone-hint = С кодом страны: +7 …
house-email = Почта
house-web = Сайт
house-address = Адрес
house-category = Какая кухня
house-category-hint = Как на картах: итальянский ресторан.
house-locale = Язык дома
house-language-en = английский
house-language-ru = русский
house-language-de = немецкий
house-language-uk = украинский
house-zone = Часовой пояс
house-zone-hint = Например, Europe/Moscow. Обещания сохраняют местное время.
house-high-chairs = Детских стульев
house-areas-title = Зоны
house-areas-hint = Части зала, о которых гость может попросить.
house-area-name = Название
house-add-area = Добавить зону
house-area-tables =
    { $count ->
        [0] без столов
        [one] { $count } стол
        [few] { $count } стола
       *[other] { $count } столов
    }

## Кому какие места

house-access-about = Места не для всех: какие, для кого и когда. Без правил любое место доступно каждому; чем точнее правило называет место и время, тем раньше оно действует.
house-no-access = Все места доступны каждому.
house-add-access = Добавить правило
house-access-name = Как называется правило
house-access-to = Только для
house-access-to-all = всех
house-access-to-walk_ins = тех, кто пришёл без брони
house-access-to-staff = тех, кого записали или посадили мы
house-access-to-channels = тех, кто пришёл определённым путём
house-access-to-members = гостей с определёнными метками
house-access-to-request = тех, кто попросил и получил наше «да»
house-access-to-nobody = никого
house-access-ways = Пути — для правила о путях
house-access-ways-hint = В других правилах не нужны.
house-access-tags = Метки — для правила о метках
house-access-tags-hint = Как в книге гостей, через запятую: regular, vip.
house-access-tables = Столы
house-access-tables-hint = Отдельный стол важнее своей зоны.
house-access-at-tables = столы { $tables }
house-access-only = только для { $who }
house-access-by = только так: { $who }
house-access-tagged = только для гостей с меткой { $tags }
house-access-nobody = ни для кого
house-access-everybody = для всех
house-access-season-from = Каждый год с
house-access-season-until = Каждый год до
house-access-season-hint = Месяц и день, например 11-15.
house-access-dates-hint = Пусто — всегда.
house-access-yearly = каждый год { $from } – { $until }
house-access-since = с { $date }
house-access-until = до { $date }
