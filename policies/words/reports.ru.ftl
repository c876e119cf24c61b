### Что говорят отчёты менеджера: сначала фраза с числами; ни одно число не судит человека.

report-none = пока рано судить
report-none-named = не указано
report-unknown = гости без имени
report-nothing = { $nights ->
    [0] В эти дни ещё не было ни одной смены.
    [one] За { $nights } день ничего такого не было.
    [few] За эти { $nights } дня ничего такого не было.
   *[many] За эти { $nights } дней ничего такого не было.
}
report-share = { $share } % (от { $low } до { $high } %)
report-share-few = { $count } из { $of } (слишком мало, чтобы судить)
report-mean-few = { $share } % (слишком мало, чтобы судить)
report-share-alone = { $share } %
report-share-inside = { $share } %, от { $low } до { $high } %
report-share-few-inside = { $count } из { $of }
report-minutes = { $minutes } мин
report-total = Всего
report-low = { $column }, не меньше
report-high = { $column }, не больше
report-day = { $day }
report-levers = Рычаги вечера: { $parts }.
report-lever-online_paused = онлайн-бронь на паузе ({ $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
})
report-lever-seating_stopped = посадка остановлена ({ $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
})
report-lever-last_orders = последние заказы ({ $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
})
report-lever-close_early = закрылись раньше ({ $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
})
report-lever-area_shut = зона закрыта ({ $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
})
report-lever-pace = темп изменён ({ $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
})
report-weekday = День недели — число от 1 (понедельник) до 7 (воскресенье).
no-such-report = Отчёта «{ $report }» нет. Список: /manage/reports.
no-such-report-column = В этом отчёте нет столбца «{ $column }». Есть: { $known }.

report-without-experiments = Опыты с помощью до и после отказа пока не ведутся: «кто пришёл снова» сравнивает гостей как есть, не по жребию.
report-without-wishes = Обещанные и исполненные желания пока не записываются: «особые просьбы» считают то, что гости написали при брони.
report-without-proposals = Предложения гостей и голоса за них пока не записываются, и рассказать о них нечего.

## Groups and what rows are by

report-group-house = Заведение
report-group-refusals = Отказы
report-group-promises = Обещания
report-group-giving = Подарки от заведения
report-group-guests = Гости и партнёры

report-by-text = { $report ->
    [held] Для чего
    [stays] Гостей
    [received-size] Гостей
    [quotes] Названо, мин
    [regulars] Отметка
    [referrals-in] Код
   *[other] Партнёр
}
report-by-time = Время
report-by-channel = Канал
report-by-code = Причина
report-by-person = Сотрудник
report-by-client = Сайт бронирования
report-by-item = Подарок
report-by-cause = Повод
report-by-weekday = День недели
report-by-date = Дата
report-by-rescue = Способ
report-by-pattern = Подарки
report-by-answer = Ответ
report-by-named = Гость
report-by-lead = Когда забронировано
report-by-tenth = Шанс неявки
report-by-band = Названная вероятность
report-by-table = Стол

## The house

report-covers-channel = Гости по каналам
report-covers-channel-about = Компании, которых посадили, по тому, как они к нам пришли.
report-covers-channel-says = { $parties ->
    [one] Посадили { $parties } компанию
    [few] Посадили { $parties } компании
   *[many] Посадили { $parties } компаний
}, гостей: { $covers }; больше всего: { $top } ({ $top_figure }).
report-covers-time = Гости по четвертям часа
report-covers-time-about = Когда компании начинают: время брони, а без брони — когда сели. В день: по всем дням со сменой.
report-covers-time-says = Самая полная четверть часа — { $top }: в обычный день в неё { $top_figure ->
    [one] начинает { $top_figure } гость
    [few] начинают { $top_figure } гостя
    [many] начинают { $top_figure } гостей
   *[other] начинают { $top_figure } гостя
}. Всего { $parties ->
    [one] { $parties } компания
    [few] { $parties } компании
   *[many] { $parties } компаний
}, без брони: { $walk_ins }.
report-covers-day = Гости по дням
report-covers-day-about = Компании, которых посадили, по датам.
report-covers-day-says = Гостей: { $covers } за { $nights ->
    [one] { $nights } день
    [few] { $nights } дня
   *[many] { $nights } дней
}; больше всего — { $top }: { $top_figure }.
report-covers-weekday = Гости по дням недели
report-covers-weekday-about = Компании, которых посадили, по дням недели.
report-covers-weekday-says = Больше всего гостей приходит в такой день: { $top } ({ $top_figure } из { $covers }).
report-stays = Сколько сидят гости
report-stays-about = От посадки до убранного стола. Без столов, которые закрыла ночь, и визитов короче десяти минут.
report-stays-says = Половина компаний сидит не дольше { $stay }, четыре из пяти — не дольше { $stay_most }.
report-occupancy = Зал в течение вечера
report-occupancy-about = Сколько гостей за столами в начале каждой четверти часа, в обычный день со сменой.
report-occupancy-says = Полнее всего зал в { $top }: в обычный день за столами { $top_figure ->
    [one] { $top_figure } гость
    [few] { $top_figure } гостя
    [many] { $top_figure } гостей
   *[other] { $top_figure } гостя
}.
report-tables = Обороты столов
report-tables-about = Как часто и как долго занят стол в день со сменой. Из сдвинутых считается каждый.
report-tables-says = Чаще всего занят стол { $top }: { $top_figure ->
    [one] { $top_figure } раз
    [few] { $top_figure } раза
    [many] { $top_figure } раз
   *[other] { $top_figure } раза
} в день. Посадок { $sittings } за { $rows ->
    [one] { $rows } столом
   *[other] { $rows } столами
}.
report-checks = Счета по дням недели
report-checks-about = Закрытые счета, как их сообщила касса.
report-checks-says = { $takings } по { $checks ->
    [one] { $checks } счёту
   *[other] { $checks } счетам
}: { $per_check } на счёт, { $per_guest } на гостя; чаевые { $tip_share }.
report-checks-channel = Счета по каналам
report-checks-channel-about = Закрытые счета по тому, как компания к нам пришла.
report-checks-channel-says = { $per_guest } на гостя; больше всего: { $top } ({ $top_figure }).
report-servers = Гости по тем, кто их посадил
report-servers-about = Кто посадил компанию. Зоны зала не ведутся, поэтому у стола нет своего официанта.
report-servers-says = Посадок { $sittings }, гостей: { $covers }; больше всего у сотрудника { $top } ({ $top_figure }).
report-bookings = Что стало с бронями
report-bookings-about = По каналам. Неявки: из броней, которые не отменили и время которых прошло.
report-bookings-says = Из { $booked ->
    [one] { $booked } брони
   *[other] { $booked } броней
} пришли { $came }. Не пришли: { $missed_share }. Отменили: { $cancelled_share }.
report-bookings-lead = Брони по тому, насколько заранее
report-bookings-lead-about = Чем раньше забронировано, тем чаще от брони отказываются: как это у вас.
report-bookings-lead-says = Не пришли: { $missed_share }, чаще всего те, кто бронировал { $top } ({ $top_figure }).
report-bookings-day = Брони по дням
report-bookings-day-about = Что стало с бронями каждой даты.
report-bookings-day-says = Не пришли { $missed }, отменили { $cancelled }, всего броней: { $booked }; больше всего неявок — { $top } ({ $top_figure }).

## Told no

report-turnaways = Отказы по причинам
report-turnaways-about = Каждый отказ на любом канале, один раз за вечер и гостя. Место нашлось: всё-таки пришли.
report-turnaways-says = { $parties ->
    [one] Отказали { $parties } компании
   *[other] Отказали { $parties } компаниям
} (гостей: { $covers }). Место всё-таки нашлось: { $recovered_share }.
report-turnaways-channel = Отказы по каналам
report-turnaways-channel-about = Где прозвучал отказ и где место всё-таки нашлось.
report-turnaways-channel-says = Места не было: { $denied }, не подошло предложенное: { $regretted }. Место всё-таки нашлось: { $recovered_share }.
report-searches = Поиски без результата
report-searches-about = Поиски на сайтах и на нашей странице, по правилу, которое помешало. Имён здесь нет; один гость мог искать несколько раз.
report-searches-says = { $searches ->
    [one] { $searches } поиск
    [few] { $searches } поиска
   *[many] { $searches } поисков
} без результата, чаще всего по причине: { $top } ({ $top_figure }).
report-rescues = Как всё-таки сказать «да»
report-rescues-about = Что показали для тех, кому отказали, что открыли и чем воспользовались.
report-rescues-says = Воспользовались { $taken } из { $opened } открытых и { $listed } показанных; чаще всего: { $top } ({ $top_figure }).
report-calls = Коллеги, которых позвали к гостю
report-calls-about = Гостя, которому отказали, передали коллеге по имени. Минуты: пока коллега не откликнулся.
report-calls-says = { $called ->
    [one] { $called } вызов
    [few] { $called } вызова
   *[many] { $called } вызовов
}, откликнулись на { $taken }, половина — за { $answer_median }; место нашлось: { $recovered }.
report-playbook = Ответы из сценария
report-playbook-about = Какой ответ дали при отказе и к чему он привёл.
report-playbook-says = { $answered ->
    [one] Дан { $answered } ответ
    [few] Дано { $answered } ответа
   *[many] Дано { $answered } ответов
}. Место всё-таки нашлось: { $recovered_share }; к партнёру: { $sent_on }; потеряны: { $lost }.

## Promises

report-promised-waits = Ждали ли те, кому обещан стол
report-promised-waits-about = От времени брони, а если пришли позже — от прихода, и до стола. Долго: больше десяти минут или ушли из-за этого.
report-promised-waits-says = { $turned_up ->
    [one] Пришла { $turned_up } компания
    [few] Пришли { $turned_up } компании
   *[many] Пришло { $turned_up } компаний
} с обещанным столом. Больше десяти минут: { $waited_share }. Ушли без стола: { $walked }.
report-waitlist = Лист ожидания
report-waitlist-about = Компании, которые ждали стол, по тому, где записались.
report-waitlist-says = { $parties ->
    [one] Ждала { $parties } компания
    [few] Ждали { $parties } компании
   *[many] Ждало { $parties } компаний
}: сели { $sat }, ушли сами { $gave_up }, отказано { $turned_away }.
report-quotes = Названное ожидание и что вышло
report-quotes-about = Компании по ожиданию, которое назвали как самое долгое. Сдержали: посадили не позже.
report-quotes-says = Сдержали: { $kept_share } из названных тем, кто сел; нарушенное — в среднем на { $over_mean }.
report-held = Придержанные столы
report-held-about = Что стало с каждым придержанным столом. Жаль: стол остался без гостей, а компании, которой он подошёл бы, отказали.
report-held-says = { $held ->
    [one] Придержали { $held } стол
    [few] Придержали { $held } стола
   *[many] Придержали { $held } столов
}; гости сели: { $used_share }. Принесли { $earned }, броней не взяли на { $displaced }; жаль: { $held_regretted }.
report-overbooking = Сверх зала, вечер за вечером
report-overbooking-about = Обещания сверх зала: скольким назвали ожидание дольше допустимого и сколько ждали. Названа вероятность, и сумма их — сколько следует ожидать.
report-overbooking-says = { $beyond ->
    [one] Сверх зала обещали { $beyond } компании
   *[other] Сверх зала обещали { $beyond } компаниям
}, пришли { $came }. Из тех, кому называли риск, ждать должны были { $told_waits }, ждали { $waited_told }. Всего ждали { $waited_long }, ушли без стола: { $walked }.
report-told-risk = Названный риск и что вышло
report-told-risk-about = Компании сверх зала по названной им вероятности ждать. Верный риск: названное лежит в интервале того, что вышло.
report-told-risk-says = Называли в среднем: { $told_mean }. Вышло: { $waited_share }.
report-no-show-risk = Неявки: чего ждали и что вышло
report-no-show-risk-about = Неотменённые брони по десятым долям — от самых надёжных до самых рискованных, по тому, что узнали до каждого вечера. Верные шансы: чего ждали, лежит в интервале того, что вышло.
report-no-show-risk-says = Ждали: { $believed_mean }. Не пришли: { $missed_share }. В числах: ждали неявок { $expected_misses }, вышло { $missed_told }.

## Given by the house

report-gestures = Подарки: что дарили
report-gestures-about = Каждая позиция каталога: предложено, принято, принесено и сколько стоило. Пришли снова: известные гости за 60 дней, когда эти дни прошли.
report-gestures-says = { $offered ->
    [one] Предложен { $offered } подарок
    [few] Предложено { $offered } подарка
   *[many] Предложено { $offered } подарков
}, принесено { $delivered } на { $cost }; приняли, но не получили: { $forgotten }. Пришли снова: { $again_share }.
report-gestures-person = Подарки: кто дарил
report-gestures-person-about = Кто пользовался своим правом, на сколько и сколько этих гостей пришли снова за 60 дней.
report-gestures-person-says = Подарено на { $cost }, { $offered ->
    [one] { $offered } раз
    [few] { $offered } раза
   *[many] { $offered } раз
}, больше всех: { $top } ({ $top_figure }).
report-gestures-cause = Подарки: по какому поводу
report-gestures-cause-about = Почему дарили.
report-gestures-cause-says = Чаще всего повод такой: { $top } ({ $top_figure } из { $delivered } принесённых). Пришли снова: { $again_share }.
report-received = Кому дарят, по каналам
report-received-about = Доля компаний, которым что-то подарили. Без того, что заведение было должно.
report-received-says = Подарили: { $given_share } компаний.
report-received-size = Кому дарят, по числу гостей
report-received-size-about = Доля компаний, которым что-то подарили, по числу гостей.
report-received-size-says = Подарили: { $given_share } компаний; чаще всего при числе гостей { $top }.
report-came-again = Кто пришёл снова
report-came-again-about = Известные гости с бронью, по тому, что им подарили: пришли ли снова за 60 дней. Жребия не было, и у разницы могут быть другие причины.
report-came-again-says = Пришли снова за 60 дней: { $again_share } визитов, после которых эти дни прошли.
report-approvals = Спросили менеджера
report-approvals-about = Подарки сверх чьих-то пределов, и как скоро пришёл ответ.
report-approvals-says = { $asked ->
    [one] { $asked } вопрос
    [few] { $asked } вопроса
   *[many] { $asked } вопросов
}; разрешено: { $approved_share }; половина ответов — за { $answer_median }.
report-complaints = От жалобы до возврата
report-complaints-about = По тем, кто записал. Минуты: от жалобы до возвращённых денег.
report-complaints-says = { $complained ->
    [one] { $complained } жалоба,
    [few] { $complained } жалобы,
   *[many] { $complained } жалоб,
} возвратов { $refunded } на { $cost }. Половина — за { $refund_median }, четыре из пяти — за { $refund_most }.
report-tips = Чаевые и подарки
report-tips-about = Чаевые как доля счёта у компаний без подарка, с одним и с одним и потом вторым.
report-tips-says = Чаевые в среднем { $tip_share }; выше всего: { $top } ({ $top_figure }).
report-spend-linked = Подарки по счёту
report-spend-linked-about = Столько-то за каждую сумму в закрытом счёте, например час парковки.
report-spend-linked-says = Единиц { $units } в { $delivered ->
    [one] { $delivered } подарке
   *[other] { $delivered } подарках
}, на { $cost }.
report-claims-guest = Претензии по гостям
report-claims-guest-about = Оплачено без вопросов. Только для менеджера, чтобы видеть повторы; у входа не показывается никогда.
report-claims-guest-says = { $claims ->
    [one] Оплачена { $claims } претензия
    [few] Оплачены { $claims } претензии
   *[many] Оплачено { $claims } претензий
}: всего { $cost }, в среднем { $cost_mean }.
report-claims-person = Претензии по тем, кто платил
report-claims-person-about = Оплачено без вопросов. Только для менеджера, чтобы видеть повторы; у входа не показывается никогда.
report-claims-person-says = { $claims ->
    [one] Оплачена { $claims } претензия
    [few] Оплачены { $claims } претензии
   *[many] Оплачено { $claims } претензий
}, всего { $cost }; чаще всех: { $top } ({ $top_figure }).

## Guests and partners

report-sites = Брони по сайтам
report-sites-about = Что стало с бронями каждого сайта.
report-sites-says = { $booked ->
    [one] { $booked } бронь
    [few] { $booked } брони
   *[many] { $booked } броней
} с сайтов, больше всего гостей: { $top } ({ $top_figure }). Не пришли: { $missed_share }.
report-rules-shown = Показанные правила
report-rules-shown-about = Кому показали правила заранее: только с них и можно спросить.
report-rules-shown-says = Правила показаны: { $shown_share } компаний; прочитаны вслух: { $read_out }.
report-regulars = Гости с отметкой
report-regulars-about = Члены клуба, постоянные, поводы: пришли ли, ждали ли, дарили ли им. Карты уровней пока не ведутся.
report-regulars-says = { $came ->
    [one] Пришла { $came } компания
    [few] Пришли { $came } компании
   *[many] Пришло { $came } компаний
} с отметкой. Подарили: { $given_share }; ждали больше десяти минут: { $waited_share }.
report-wishes = Особые просьбы
report-wishes-about = Брони с просьбой словами гостя и те, где взяли другое время. Исполнена ли просьба, пока не записывается.
report-wishes-says = С просьбой: { $asked_share } броней; согласились на предложенное время: { $moved }.
report-referrals-in = Пришли от партнёров
report-referrals-in-about = Брони с кодом партнёра. О чём с ним договорились, пока не записывается.
report-referrals-in-says = { $booked ->
    [one] { $booked } бронь
    [few] { $booked } брони
   *[many] { $booked } броней
} с кодом, пришло гостей: { $came_covers }, больше всего от { $top }.
report-partners-out = Направлены к партнёрам
report-partners-out-about = Рестораны-партнёры, предложенные тем, кому отказали. Дошёл ли гость, неизвестно.
report-partners-out-says = { $taken ->
    [one] { $taken } компания взяла
    [few] { $taken } компании взяли
   *[many] { $taken } компаний взяли
} адрес партнёра (гостей: { $taken_covers }); показан раз: { $listed }.

## Columns

report-column-again = Пришли снова
report-column-again_share = Пришли снова, доля
report-column-answer_median = Половина ответов за, мин
report-column-answered = Дано
report-column-approved = Разрешено
report-column-approved_share = Разрешено, доля
report-column-asked = Спросили
report-column-asked_for = С просьбой
report-column-asked_share = С просьбой, доля
report-column-believed_mean = Ждали, доля
report-column-beyond = Сверх зала
report-column-booked = Броней
report-column-called = Позвали
report-column-came = Пришли
report-column-came_covers = Пришло гостей
report-column-cancelled = Отменили
report-column-cancelled_share = Отменили, доля
report-column-checks = Счета
report-column-claims = Претензии
report-column-complained = Жалобы
report-column-cost = Стоимость
report-column-cost_mean = Стоимость одной
report-column-counted = Записей
report-column-covers = Гости
report-column-declined = Отказались
report-column-delivered = Принесено
report-column-denied = Места не было
report-column-displaced = Не взято броней на
report-column-earned = Принесли
report-column-expected = Ещё придут
report-column-followed = 60 дней прошли
report-column-forgotten = Не принесено
report-column-gave_up = Ушли сами
report-column-gave_way = Уступили
report-column-given_share = Подарили, доля
report-column-held = Придержано
report-column-held_regretted = Жаль
report-column-kept = Сдержали
report-column-kept_share = Сдержали, доля
report-column-lapsed = Истекло
report-column-listed = Показано
report-column-lost = Потеряны
report-column-missed = Неявки
report-column-missed_share = Неявки, доля
report-column-missed_told = Неявки из них
report-column-moved = Взяли другое время
report-column-nightly_covers = Гостей в день
report-column-nightly_minutes = Минут в день
report-column-nightly_turns = Оборотов в день
report-column-offered = Предложено
report-column-opened = Открыто
report-column-over_mean = Дольше на, мин
report-column-parties = Компании
report-column-per_check = На счёт
report-column-per_guest = На гостя
report-column-per_party = Гостей в компании
report-column-present = Гостей за столами
report-column-quoted = Названо и сели
report-column-read_out = Прочитаны вслух
report-column-received = Подарили
report-column-recovered = Место нашлось
report-column-recovered_share = Место нашлось, доля
report-column-refund_median = Половина за, мин
report-column-refund_most = Четыре из пяти за, мин
report-column-refunded = Возвраты
report-column-refunded_share = Возвращено, доля
report-column-refused = Не разрешено
report-column-regretted = Не подошло
report-column-released_by_hand = Отданы вручную
report-column-released_in_time = Отданы по времени
report-column-sat = Сели
report-column-searches = Поиски
report-column-sent_on = К партнёру
report-column-shown = Показаны
report-column-shown_share = Показаны, доля
report-column-sittings = Посадки
report-column-stay = Половина сидит до, мин
report-column-stay_mean = В среднем сидят, мин
report-column-stay_most = Четыре из пяти до, мин
report-column-taken = Принято
report-column-taken_covers = Гости
report-column-taken_share = Принято, доля
report-column-takings = Выручка
report-column-tip_share = Чаевые, доля счёта
report-column-tipped = Компании
report-column-told_mean = Называли в среднем
report-column-expected_misses = Ждали неявок
report-column-told_waits = Ожидалось, что будут ждать
report-column-turned_away = Отказано
report-column-turned_up = Пришли
report-column-unanswered = Без ответа
report-column-units = Единицы
report-column-used = Гости сели
report-column-used_share = Гости сели, доля
report-column-visits = Визиты
report-column-waited_long = Ждали долго
report-column-waited_told = Ждали, кому называли риск
report-column-waited_median = Половина ждала до, мин
report-column-waited_most = Четыре из пяти до, мин
report-column-waited_share = Ждали долго, доля
report-column-walk_ins = Без брони
report-column-walked = Ушли без стола

## Words of rows and cases

report-channel-partner = Сайты бронирования
report-channel-google = Google
report-channel-phone = Телефон
report-channel-desk = У стойки
report-channel-walk_in = Без брони
report-channel-waitlist = Лист ожидания
report-channel-guest = Наша страница
report-code-CLOSED = Закрыто
report-code-OUTSIDE_BOOKING_WINDOW = Слишком рано или поздно
report-code-PARTY_SIZE_NOT_ALLOWED = Слишком большая компания
report-code-PACING_FULL = Слишком много в это время
report-code-NO_TABLE_FITS = Нет подходящего стола
report-code-TURN_TOO_SHORT = Мало времени до следующих
report-code-HELD_BACK = Столы придержаны
report-code-RISK_OVER_CEILING = Слишком вероятно ожидание
report-code-OVERBOOKING_CAP = Сверх зала уже достаточно
report-code-BID_PRICE = Оставлено для других
report-code-GUEST_LIMIT = У гостя достаточно броней
report-code-DUPLICATE = Уже забронировано
report-code-ALREADY_WAITING = Уже ждёт
report-code-HOUSE_RULES_NOT_ACCEPTED = Правила не приняты
report-code-BLOCKED = Стол закрыт
report-code-PAUSED = Приостановлено
report-code-NEEDS_NOT_MET = Не подошло по просьбе
report-code-AREA_NOT_BOOKABLE = Зона не бронируется
report-cause-first_visit = Первый визит
report-cause-regular = Постоянный гость
report-cause-occasion = Праздник
report-cause-long_wait = Долгое ожидание
report-cause-complaint = Жалоба
report-cause-walked = Обещали и не посадили
report-cause-turned_away = Раньше отказали
report-cause-long_stay = Долгий визит
report-cause-encore = Второй подарок
report-cause-own_wish = Просто захотелось
report-rescue-held = Придержанный стол
report-rescue-table = Стол
report-rescue-join = Сдвинутые столы
report-rescue-shorter = Визит покороче
report-rescue-move = Перенос чужой брони
report-rescue-overbook = Сверх зала
report-rescue-area = Другая зона
report-rescue-wait = Ожидание
report-rescue-later = Позже вечером
report-rescue-other_day = Другой день
report-rescue-partner = Партнёр
report-pattern-none = Без подарка
report-pattern-one = Один подарок
report-pattern-encore = Один и потом второй
report-lead-hours = за шесть часов или меньше
report-lead-day = в тот же день
report-lead-days = за один–три дня
report-lead-week = за три–восемь дней
report-lead-longer = раньше
report-band-under-2 = меньше 1 из 50
report-band-under-5 = от 1 из 50 до 1 из 20
report-band-under-10 = от 1 из 20 до 1 из 10
report-band-over-10 = больше 1 из 10
report-band-overruled = не называли: решил человек
report-tenth-1 = самая надёжная десятая
report-tenth-2 = 2-я десятая
report-tenth-3 = 3-я десятая
report-tenth-4 = 4-я десятая
report-tenth-5 = 5-я десятая
report-tenth-6 = 6-я десятая
report-tenth-7 = 7-я десятая
report-tenth-8 = 8-я десятая
report-tenth-9 = 9-я десятая
report-tenth-10 = самая рискованная десятая
report-tenth-unknown = ещё ничего не узнали
report-answer-ordinary = обычный ответ
report-state-requested = спросили, ответа нет
report-state-booked = забронировано
report-state-arrived = уже здесь
report-state-seated = сели
report-state-finished = были
report-state-cancelled = отменили
report-state-no_show = не пришли
report-state-walked = ушли без стола
report-state-check_down = сидят
report-state-dessert = сидят
report-state-paid = оплачено
report-state-cleared = были
report-state-closed = оплачено
report-state-denial = места не нашлось
report-state-regret = не подошло
report-state-expected = место есть, ещё не пришли
report-state-held = придержан
report-state-table = сели за стол
report-state-join = сели за сдвинутые столы
report-state-shorter = пришли на короткий визит
report-state-move = сели на место другой брони
report-state-overbook = пришли сверх зала
report-state-area = сели в другой зоне
report-state-wait = подождали и сели
report-state-later = пришли позже
report-state-other_day = пришли в другой день
report-state-partner = направлены к партнёру
report-state-waitlist = сели из листа ожидания
report-state-searched = искали
report-state-suggested = подсказано
report-state-offered = предложено
report-state-accepted = принято
report-state-declined = отказались
report-state-delivered = принесено
report-state-voided = отменено
report-state-expired = истекло
report-state-waiting = ждут
report-state-approved = разрешено
report-state-refused = не разрешено
report-state-listed = показано
report-state-opened = открыто
report-state-taken = принято
report-state-lapsed = истекло
report-state-granted = отдан гостям
report-state-released = отдан в продажу
report-state-notified = позвали
report-state-left = ушли
report-state-gone = не откликнулись
report-state-turned_away = отказано
report-state-unanswered = без ответа
report-state-noted = записано
report-state-refunded = деньги возвращены
