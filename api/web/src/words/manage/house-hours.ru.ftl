## Часы, особые дни, время за столом

house-hours-about = Когда дом работает в обычную неделю и сколько гостей могут прийти одновременно.
house-every-day = каждый день
house-period-said =
    { $days }, с { $opens } до { $closes }, последние гости в { $last }. За четверть часа может прийти { $pacing ->
        [one] { $pacing } гость
        [few] { $pacing } гостя
       *[other] { $pacing } гостей
    }.
house-no-periods = Дом пока никогда не открыт.
house-add-period = Добавить смену
house-service-name = Смена
house-key-hint = Латиницей: lunch, dinner, brunch, late.
house-days = Дни
house-opens = Открытие
house-last = Последние гости в
house-closes = Закрытие
house-pacing = Гостей за четверть часа
house-pacing-hint = Столько могут прийти за любые 15 минут; одна большая компания может прийти отдельно.
house-pacing-changes = Другое число с какого-то времени
house-add-pacing = Добавить время
house-from-time = С
house-from-time-hint = Пусто: с открытия.
house-guests = Гостей
house-parties = Компаний
house-channels = Только эти каналы
house-channel-online = онлайн, все
house-channel-partner = сайты
house-channel-google = Google
house-channel-guest = страницы гостей
house-channel-phone = телефон
house-channel-desk = на месте
house-channel-walk_in = без брони
house-channel-waitlist = лист ожидания
house-areas = Зоны
house-services = Смены
house-limits = Доли от этого
house-limits-hint = Некоторым каналам или зонам достаётся не больше стольких гостей.
house-add-limit = Добавить долю
house-approval = Каждая бронь ждёт согласия
house-approval-hint = Гость просит, человек дома отвечает.
house-dates-about = Дни не как всегда: другие часы, выходной или зал отдан под праздник.
house-special-days = Дни со своими часами
house-add-day = Добавить день
house-no-special-days = Все дни как обычно.
house-day-named = { $date }: { $name }
house-day-closed = закрыто
house-day-services = Смены этого дня
house-day-services-hint = Вместо обычных; ни одной: закрыто.
house-occasion = Что это
house-date = Дата
house-closures = Закрыто
house-closures-hint = Особый день внутри сохраняет свои смены.
house-no-closures = Впереди нет дней, когда дом закрыт.
house-add-closure = Закрыть на дни
house-first-day = Первый день
house-last-day = Последний день
house-closed-areas-hint = Ничего не выбрано: весь дом.
house-closed-from-until = с { $from } по { $until }
house-closed-in = { $areas }: с { $from } по { $until }
house-events = Закрытые праздники
house-events-hint = Зоны, которые на несколько часов не продаются.
house-no-events = Никто не занял часть дома для себя.
house-add-event = Добавить праздник
house-event-said = { $date }, с { $starts } до { $ends }: { $areas }
house-starts = Начало
house-ends = Конец
house-stays-about = На сколько обещан стол, вместе с уборкой. Из нескольких подходящих действует самое частное: зона важнее дня недели, день важнее смены.
house-party-max = Компании до
house-turn-minutes = На
house-turn-hint = Шагами по пять минут.
house-turn-said = До { $party } чел.: { $minutes } мин
house-turn-always = всегда
house-add-turn = Добавить время
house-minutes = мин
house-seconds = с
house-unit-days = дней
