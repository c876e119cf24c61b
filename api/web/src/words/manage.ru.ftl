## Что делает управляющий у стойки: планшеты, сотрудники, первые PIN-коды

manage-pin-again = Для этого нужен ваш PIN ещё раз.
manage-back = Назад
manage-pair = Подключить планшет
manage-pair-scan = Код ссылки для подключения
manage-pair-how = Наведите сюда камеру другого планшета или откройте на нём ссылку. Годится для одного планшета десять минут.
manage-this-tablet = этот
manage-paired = подключён { $date }
manage-not-seen = подключён { $date }, ещё не открывали
manage-tablet-locked = закрыт после неверных PIN до { $time }
manage-unlock = Открыть
manage-revoke = Отключить
manage-revoke-named = Отключить { $name }
manage-revoke-sure = Отключить сейчас
manage-add-person = Новый сотрудник
manage-name = Имя
manage-role = Кем работает
manage-to-pin = Дальше: первый PIN
manage-no-pin = нет PIN
manage-first-pin = Первый PIN
manage-first-pin-of = Первый PIN для { $name }
manage-first-pin-how = Первый PIN для { $name }: скажите его лично. Он открывает только выбор своего.
manage-pin-set = { $name }: первый PIN задан.
