## Что делает управляющий у стойки: планшеты, сотрудники, первые ПИН-коды

manage-pin-again = Для этого нужен ваш ПИН ещё раз.
manage-back = Назад
manage-pair = Подключить планшет
manage-pair-scan = Код ссылки для подключения
manage-pair-how = Наведите сюда камеру другого планшета или откройте на нём ссылку. Годится для одного планшета десять минут.
manage-this-tablet = этот
manage-paired = подключён { $date }
manage-not-seen = подключён { $date }, ещё не открывали
manage-tablet-locked = закрыт после неверных ПИН до { $time }
manage-unlock = Открыть
manage-revoke = Отключить
manage-revoke-named = Отключить { $name }
manage-revoke-sure = Отключить сейчас
manage-add-person = Новый сотрудник
manage-name = Имя
manage-role = Кем работает
manage-to-pin = Дальше: первый ПИН
manage-no-pin = нет ПИН
manage-first-pin = Первый ПИН
manage-first-pin-of = Первый ПИН для { $name }
manage-first-pin-how = Первый ПИН для { $name }: скажите его лично. Он открывает только выбор своего.
manage-pin-set = { $name }: первый ПИН задан.
