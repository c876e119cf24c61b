## Сегодняшний вечер глазами управляющего

tonight-title = Сегодня
tonight-lead-risk = Обещано **{ $guests }**, мест **{ $room }**. Теснее всего в **{ $time }**: { $often }.
tonight-lead-over = Обещано **{ $guests }**, мест **{ $room }**. Теснее всего в **{ $time }**.
tonight-lead-calm = Обещано **{ $guests }**, мест **{ $room }**. Полнее всего в **{ $time }**; сверх зала никому не обещано.
tonight-lead-by-hand = Обещано **{ $guests }**, мест **{ $room }**. Полнее всего в **{ $time }**; { $parties ->
        [one] { $parties } компании обещано сверх зала вручную.
       *[many] { $parties } компаниям обещано сверх зала вручную.
    }
tonight-lead-none-yet = На сегодня пока никому ничего не обещано.
tonight-lead-nobody = Сегодня больше никого не ждём.
tonight-often-hardly = за сто с лишним таких вечеров ждёт одна компания
tonight-often-one = одна компания ждёт раз в { $of ->
        [one] { $of } такой вечер
        [few] { $of } таких вечера
       *[many] { $of } таких вечеров
    }
tonight-often-tenths = кто-то ждёт в { $count } таких вечерах из 10
tonight-asks = Спрашивает { $name }
tonight-left = осталось { $left }
tonight-over = время вышло
tonight-table = стол { $tables }
tonight-quoted = «{ $words }»
tonight-own = Ответить должен коллега.
tonight-bars = Обещано и пришло, по четвертям часа
tonight-picture = Гости за столами по четвертям часа и места в зале; то же — в списке ниже.
tonight-room = мест { $room }
tonight-key-past = были здесь
tonight-key-coming = здесь и обещаны
tonight-key-beyond = сверх зала
tonight-as-list = Списком
tonight-quarter-was = { $time }: было { $guests }
tonight-quarter = { $time }: { $guests } из { $room }
tonight-quarter-beyond = { $time }: { $guests } из { $room }, кто-то сверх зала
tonight-beyond = Обещано сверх зала
tonight-beyond-by-hand = Обещано вручную, риск не назван.
tonight-beyond-waits = Ждать дольше { $minutes } минут: { $often }.
tonight-party = { $size }, в { $time }. { $risk }
tonight-held = Придержанные столы
tonight-held-none = По правилам на сегодня столы не придерживают.
tonight-kept = { $count ->
        [0] На { $seats }: ни одного
        [one] { $count } стол на { $seats }
        [few] { $count } стола на { $seats }
       *[many] { $count } столов на { $seats }
    }
tonight-goes-back = один вернётся в { $time }
tonight-keep-more = Ещё один
tonight-give-back = Вернуть
tonight-refused = Кому отказали
tonight-refused-count = { $parties ->
        [one] { $parties } компании
       *[many] { $parties } компаниям
    }, { $ways ->
        [0] выхода не нашлось
       *[other] для { $ways } выход нашёлся
    }
tonight-refused-none = Пока никому не отказали.
tonight-cause-full = мест нет
tonight-cause-pace = слишком много сразу
tonight-cause-large = слишком большие
tonight-cause-closed = закрыто
tonight-cause-needs = особые нужды
tonight-cause-left = ушли из очереди
tonight-cause-declined = отказались
tonight-cause-other = другое
tonight-cause-count = { $cause } — { $parties }
tonight-how-booked = другое время
tonight-how-waitlist = из очереди
tonight-how-partner = у партнёра
tonight-how-other = выход нашёлся
tonight-col-at = Когда
tonight-col-party = Кто
tonight-col-asked = Просили на
tonight-col-why = Почему
tonight-col-how = Выход
tonight-levers = Рычаги вечера
tonight-levers-others = { $pulled ->
        [0] Всё как обычно; изменить
       *[other] Остальные
    }
